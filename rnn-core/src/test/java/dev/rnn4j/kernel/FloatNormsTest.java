package dev.rnn4j.kernel;

import java.util.Random;
import org.junit.jupiter.api.Test;

/** Rows have the bits that are specified, in their own place too. */
class FloatNormsTest {
  private static final int[] SIZES = {0, 1, 2, 7, 15, 16, 17, 31, 32, 33, 64, 65, 100, 513};
  private static final int LANES = 16;
  private static final float EPSILON = 1.0e-5f;

  private final Random random = new Random(5);

  @Test
  void normalizedRows() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (int n : SIZES) {
        for (int rows : new int[] {0, 1, 3, 16, 35}) {
          float[] x = numbers(rows * n + 4);
          float[] expected = FloatFixtures.normal(rows * n + 9, random);
          float[] y = expected.clone();
          for (int row = 0; row < rows && n > 0; row++) {
            normalize(n, x, 4 + row * n, expected, 3 + row * n);
          }
          kernels.normalize(rows, n, EPSILON, x, 4, y, 3);
          String what = kernels.description() + " [" + rows + ", " + n + "]";
          FloatFixtures.assertSameBits(expected, y, what);
          kernels.normalize(rows, n, EPSILON, x, 4, x, 4);
          FloatFixtures.assertSameBits(part(y, 3, rows * n), part(x, 4, rows * n), what);
        }
      }
    }
  }

  @Test
  void gradients() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (int n : SIZES) {
        for (int rows : new int[] {0, 1, 3, 16, 35}) {
          float[] x = numbers(rows * n + 4);
          float[] g = numbers(rows * n + 2);
          float[] expected = FloatFixtures.normal(rows * n + 9, random);
          float[] y = expected.clone();
          for (int row = 0; row < rows && n > 0; row++) {
            gradient(n, x, 4 + row * n, g, 2 + row * n, expected, 3 + row * n);
          }
          kernels.normalizeGradient(rows, n, EPSILON, x, 4, g, 2, y, 3);
          String what = kernels.description() + " [" + rows + ", " + n + "]";
          FloatFixtures.assertSameBits(expected, y, what);
          float[] own = x.clone();
          kernels.normalizeGradient(rows, n, EPSILON, own, 4, g, 2, own, 4);
          FloatFixtures.assertSameBits(part(y, 3, rows * n), part(own, 4, rows * n), what);
          kernels.normalizeGradient(rows, n, EPSILON, x, 4, g, 2, g, 2);
          FloatFixtures.assertSameBits(part(y, 3, rows * n), part(g, 2, rows * n), what);
        }
      }
    }
  }

  private float[] numbers(int n) {
    return random.nextInt(3) == 0 ? FloatFixtures.wild(n, random) : FloatFixtures.normal(n, random);
  }

  private static float[] part(float[] x, int from, int n) {
    return java.util.Arrays.copyOfRange(x, from, from + n);
  }

  private static void normalize(int n, float[] x, int from, float[] y, int to) {
    float mean = sum(part(x, from, n)) / n;
    float inverse = inverse(n, x, from, mean);
    for (int i = 0; i < n; i++) {
      y[to + i] = (x[from + i] - mean) * inverse;
    }
  }

  private static void gradient(
      int n, float[] x, int from, float[] g, int gFrom, float[] y, int to) {
    float mean = sum(part(x, from, n)) / n;
    float inverse = inverse(n, x, from, mean);
    float gMean = sum(part(g, gFrom, n)) / n;
    float c = products(centred(n, x, from, mean), part(g, gFrom, n)) / n;
    for (int i = 0; i < n; i++) {
      float slope = -inverse * inverse * c;
      y[to + i] = Math.fma(x[from + i] - mean, slope, g[gFrom + i] - gMean) * inverse;
    }
  }

  private static float inverse(int n, float[] x, int from, float mean) {
    float[] centred = centred(n, x, from, mean);
    return 1 / FloatBits.round(Math.sqrt(products(centred, centred) / n + EPSILON));
  }

  private static float[] centred(int n, float[] x, int from, float mean) {
    float[] centred = part(x, from, n);
    for (int i = 0; i < n; i++) {
      centred[i] -= mean;
    }
    return centred;
  }

  private static float sum(float[] x) {
    float[] lanes = new float[LANES];
    for (int i = 0; i < x.length; i++) {
      lanes[i % LANES] += x[i];
    }
    return pairwise(lanes);
  }

  private static float products(float[] a, float[] b) {
    float[] lanes = new float[LANES];
    for (int i = 0; i < a.length; i++) {
      lanes[i % LANES] = Math.fma(a[i], b[i], lanes[i % LANES]);
    }
    return pairwise(lanes);
  }

  private static float pairwise(float[] lanes) {
    for (int half = LANES / 2; half > 0; half /= 2) {
      for (int l = 0; l < half; l++) {
        lanes[l] += lanes[l + half];
      }
    }
    return lanes[0];
  }
}
