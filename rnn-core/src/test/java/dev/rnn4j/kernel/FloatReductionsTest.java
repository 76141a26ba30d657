package dev.rnn4j.kernel;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatReductionsTest {
  private static final int[] SIZES = {0, 1, 2, 3, 5, 8, 15, 16, 17, 33, 63, 64, 65, 100, 513};
  private static final int LANES = 16;

  private final Random random = new Random(3);

  private interface Reduction {
    void run(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset);
  }

  @Test
  void sumsHaveTheSpecifiedBits() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      check(kernels::sum, FloatReductionsTest::sum, kernels.description());
    }
  }

  @Test
  void largestValuesAreExact() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      check(kernels::max, FloatReductionsTest::max, kernels.description());
    }
  }

  @Test
  void sumsOfProductsHaveTheBitsOfTwoSteps() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (boolean squares : new boolean[] {false, true}) {
        float[] other = FloatFixtures.wild(200_000, random);
        check(
            (outer, axis, inner, x, i, y, j) ->
                kernels.sumOfProducts(
                    outer, axis, inner, x, i, squares ? x : other, squares ? i : 7, y, j),
            (outer, axis, inner, x, i, y, j) -> {
              int n = outer * axis * inner;
              float[] products = new float[n];
              kernels.pointwise(
                  Pointwise.MULTIPLY,
                  n,
                  x,
                  i,
                  squares ? x : other,
                  squares ? i : 7,
                  null,
                  0,
                  products,
                  0);
              sum(outer, axis, inner, products, 0, y, j);
            },
            (squares ? "squares" : "products") + " by " + kernels.description());
      }
    }
  }

  private void check(Reduction actual, Reduction reference, String what) {
    for (int outer : new int[] {0, 1, 3}) {
      for (int axis : SIZES) {
        for (int inner : new int[] {0, 1, 2, 5, 7, 15, 16, 17, 40, 100}) {
          boolean wild = random.nextInt(3) == 0;
          int n = 5 + outer * axis * inner;
          float[] x = wild ? FloatFixtures.wild(n, random) : FloatFixtures.normal(n, random);
          if (random.nextBoolean()) {
            x = Arrays.copyOf(x, n + 2 * LANES);
            Arrays.fill(x, n, x.length, Float.NaN); // is no part of any sum
          }
          float[] before = FloatFixtures.normal(3 + outer * inner + 20, random);
          float[] expected = before.clone();
          reference.run(outer, axis, inner, x, 5, expected, 3);
          float[] y = before.clone();
          actual.run(outer, axis, inner, x, 5, y, 3);
          FloatFixtures.assertSameBits(
              expected, y, what + " [" + outer + ", " + axis + ", " + inner + "]");
        }
      }
    }
  }

  private static void sum(
      int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        float[] column = column(axis, inner, x, xOffset + o * axis * inner + i);
        y[yOffset + o * inner + i] = inner == 1 ? laneSum(column) : ascendingSum(column);
      }
    }
  }

  private static float[] column(int axis, int inner, float[] x, int from) {
    float[] column = new float[axis];
    for (int a = 0; a < axis; a++) {
      column[a] = x[from + a * inner];
    }
    return column;
  }

  private static float ascendingSum(float[] x) {
    float sum = x.length == 0 ? 0 : x[0];
    for (int i = 1; i < x.length; i++) {
      sum += x[i];
    }
    return sum;
  }

  private static float laneSum(float[] x) {
    float[] lanes = new float[LANES];
    for (int i = 0; i < x.length; i++) {
      lanes[i % LANES] += x[i];
    }
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }

  private static void max(
      int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    for (int o = 0; o < outer; o++) {
      for (int i = 0; i < inner; i++) {
        float max = Float.NEGATIVE_INFINITY;
        for (float value : column(axis, inner, x, xOffset + o * axis * inner + i)) {
          max = Math.max(max, value);
        }
        y[yOffset + o * inner + i] = max;
      }
    }
  }
}
