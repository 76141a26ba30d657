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
            normalize(n, EPSILON, x, 4 + row * n, expected, 3 + row * n);
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
            gradient(n, EPSILON, x, 4 + row * n, g, 2 + row * n, expected, 3 + row * n);
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

  @Test
  void rowsWhoseSquaresAreTooLarge() {
    int most = Math.getExponent(Float.MAX_VALUE);
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (int n : SIZES) {
        for (int exponent : new int[] {most, most / 2 + 4}) {
          float[] x = FloatFixtures.normal(3 * n, random); // small, large, small
          float[] g = FloatFixtures.normal(3 * n, random);
          float large = Math.scalb((float) 1, exponent);
          float[] within = part(x, n, n);
          for (int i = 0; i < n; i++) {
            within[i] = i == 0 ? -1.5f : Math.max(-1.5f, Math.min(1.5f, within[i]));
            x[n + i] = within[i] * large;
          }
          float[] expected = new float[3 * n];
          float[] gradients = new float[3 * n];
          for (int row = 0; row < 3 && n > 0; row++) {
            float[] from = row == 1 ? within : part(x, row * n, n);
            float epsilon = row == 1 ? Float.MIN_NORMAL : EPSILON;
            normalize(n, epsilon, from, 0, expected, row * n);
            gradient(n, epsilon, from, 0, g, row * n, gradients, row * n);
          }
          for (int i = n; i < 2 * n; i++) {
            gradients[i] *= Math.scalb((float) 1, -exponent);
          }
          float[] y = new float[3 * n];
          String what = kernels.description() + " [3, " + n + "] of 2^" + exponent;
          kernels.normalizeGradient(3, n, EPSILON, x, 0, g, 0, y, 0);
          FloatFixtures.assertSameBits(gradients, y, what);
          kernels.normalizeGradient(3, n, EPSILON, x, 0, g, 0, g, 0);
          FloatFixtures.assertSameBits(gradients, g, what);
          kernels.normalize(3, n, EPSILON, x, 0, x, 0);
          FloatFixtures.assertSameBits(expected, x, what);
        }
      }
    }
  }

  @Test
  void whatIsNoNumberIsNone() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (float epsilon : new float[] {EPSILON, Float.NaN, Float.POSITIVE_INFINITY}) {
        float[] x = FloatFixtures.normal(40, random);
        x[3] = epsilon == EPSILON ? Float.POSITIVE_INFINITY : 1;
        float[] expected = new float[40];
        float[] y = FloatFixtures.normal(40, random);
        normalize(40, epsilon, x, 0, expected, 0);
        kernels.normalize(1, 40, epsilon, x, 0, y, 0);
        FloatFixtures.assertSameBits(expected, y, kernels.description());
      }
    }
  }

  private float[] numbers(int n) {
    return random.nextInt(3) == 0 ? FloatFixtures.wild(n, random) : FloatFixtures.normal(n, random);
  }

  private static float[] part(float[] x, int from, int n) {
    return java.util.Arrays.copyOfRange(x, from, from + n);
  }

  private static void normalize(int n, float epsilon, float[] all, int from, float[] y, int to) {
    float scale = scale(n, epsilon, all, from);
    float[] x = scaled(part(all, from, n), scale);
    float mean = sum(x) / n;
    float inverse = inverse(n, scaled(epsilon, scale), x, 0, mean);
    for (int i = 0; i < n; i++) {
      y[to + i] = (x[i] - mean) * inverse;
    }
  }

  private static void gradient(
      int n, float epsilon, float[] all, int from, float[] g, int gFrom, float[] y, int to) {
    float scale = scale(n, epsilon, all, from);
    float[] x = scaled(part(all, from, n), scale);
    float mean = sum(x) / n;
    float inverse = inverse(n, scaled(epsilon, scale), x, 0, mean);
    float gMean = sum(part(g, gFrom, n)) / n;
    float c = products(centred(n, x, 0, mean), part(g, gFrom, n)) / n;
    for (int i = 0; i < n; i++) {
      float slope = -inverse * inverse * c;
      y[to + i] = Math.fma(x[i] - mean, slope, g[gFrom + i] - gMean) * inverse * scale;
    }
  }

  /**
   * Returns what a row is multiplied by: 1, unless it is of numbers whose squares are too large.
   */
  private static float scale(int n, float epsilon, float[] x, int from) {
    float inverse = inverse(n, epsilon, x, from, sum(part(x, from, n)) / n);
    float largest = 0;
    for (float each : part(x, from, n)) {
      largest = Math.max(largest, Math.abs(each));
    }
    boolean large = !(inverse > 0) && largest <= Float.MAX_VALUE && epsilon <= Float.MAX_VALUE;
    return large ? Math.scalb((float) 1, -Math.getExponent(largest)) : 1;
  }

  private static float[] scaled(float[] x, float scale) {
    float[] scaled = x.clone();
    for (int i = 0; i < x.length; i++) {
      scaled[i] *= scale;
    }
    return scaled;
  }

  private static float scaled(float epsilon, float scale) {
    return scale == 1 ? epsilon : Math.max(epsilon * scale * scale, Float.MIN_NORMAL);
  }

  private static float inverse(int n, float epsilon, float[] x, int from, float mean) {
    float[] centred = centred(n, x, from, mean);
    return 1 / FloatBits.round(Math.sqrt(products(centred, centred) / n + epsilon));
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
