package dev.rnn4j.kernel;

/** Normalisation of whole rows, and its gradient. */
final class ScalarFloatNorms {
  private ScalarFloatNorms() {}

  static void normalize(
      int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * n;
      float mean = ScalarFloatReductions.sum(n, x, from) / n;
      float variance = products(n, x, from, mean, x, from, mean) / n;
      float inverse = 1 / (float) Math.sqrt(variance + epsilon);
      int to = yOffset + row * n;
      for (int i = 0; i < n; i++) {
        y[to + i] = (x[from + i] - mean) * inverse;
      }
    }
  }

  static void normalizeGradient(
      int rows,
      int n,
      float epsilon,
      float[] x,
      int xOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset) {
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * n;
      int gFrom = gOffset + row * n;
      float mean = ScalarFloatReductions.sum(n, x, from) / n;
      float variance = products(n, x, from, mean, x, from, mean) / n;
      float inverse = 1 / (float) Math.sqrt(variance + epsilon);
      float gMean = ScalarFloatReductions.sum(n, g, gFrom) / n;
      float slope = -inverse * inverse * (products(n, x, from, mean, g, gFrom, 0) / n);
      int to = yOffset + row * n;
      for (int i = 0; i < n; i++) {
        y[to + i] = Math.fma(x[from + i] - mean, slope, g[gFrom + i] - gMean) * inverse;
      }
    }
  }

  /** Returns the sum of (a − aMean)·(b − bMean), in virtual lanes. */
  private static float products(
      int n, float[] a, int aFrom, float aMean, float[] b, int bFrom, float bMean) {
    float s0 = lanes(n, 0, a, aFrom, aMean, b, bFrom, bMean);
    float s1 = lanes(n, 1, a, aFrom, aMean, b, bFrom, bMean);
    float s2 = lanes(n, 2, a, aFrom, aMean, b, bFrom, bMean);
    float s3 = lanes(n, 3, a, aFrom, aMean, b, bFrom, bMean);
    return (s0 + s2) + (s1 + s3);
  }

  /** Returns the sum of the virtual lanes l, l + 4, l + 8 and l + 12. */
  private static float lanes(
      int n, int lane, float[] a, int aFrom, float aMean, float[] b, int bFrom, float bMean) {
    float s0 = 0;
    float s4 = 0;
    float s8 = 0;
    float s12 = 0;
    int i = lane;
    for (; i + 12 < n; i += ScalarFloatReductions.LANES) {
      s0 = Math.fma(a[aFrom + i] - aMean, b[bFrom + i] - bMean, s0);
      s4 = Math.fma(a[aFrom + i + 4] - aMean, b[bFrom + i + 4] - bMean, s4);
      s8 = Math.fma(a[aFrom + i + 8] - aMean, b[bFrom + i + 8] - bMean, s8);
      s12 = Math.fma(a[aFrom + i + 12] - aMean, b[bFrom + i + 12] - bMean, s12);
    }
    if (i < n) {
      s0 = Math.fma(a[aFrom + i] - aMean, b[bFrom + i] - bMean, s0);
    }
    if (i + 4 < n) {
      s4 = Math.fma(a[aFrom + i + 4] - aMean, b[bFrom + i + 4] - bMean, s4);
    }
    if (i + 8 < n) {
      s8 = Math.fma(a[aFrom + i + 8] - aMean, b[bFrom + i + 8] - bMean, s8);
    }
    return (s0 + s8) + (s4 + s12);
  }
}
