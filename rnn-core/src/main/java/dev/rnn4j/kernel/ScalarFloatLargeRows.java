package dev.rnn4j.kernel;

/**
 * Normalisation of rows whose variance is beyond the largest number, as squares are from 10²⁰ on in
 * float32. They are multiplied by a power of two first, which changes no bit but for epsilon, which
 * is nothing beside their squares.
 */
final class ScalarFloatLargeRows {
  private ScalarFloatLargeRows() {}

  /** Returns whether a row for which 1 / √(σ² + epsilon) came out as this is one of them. */
  static boolean isLarge(float inverse, float epsilon, int n, float[] x, int from) {
    return !(inverse > 0)
        && epsilon >= 0
        && epsilon <= Float.MAX_VALUE
        && n > 0
        && largest(n, x, from) <= Float.MAX_VALUE;
  }

  /** y = the normalised row of n elements; y may be exactly the place of x. */
  static void normalize(int n, float epsilon, float[] x, int from, float[] y, int to) {
    float scale = scale(n, x, from);
    float[] scaled = scaled(n, scale, x, from);
    ScalarFloatNorms.row(n, scaled(epsilon, scale), scaled, 0, y, to);
  }

  /** y = the gradient for the upstream gradient g; y may be exactly the place of x or g. */
  static void normalizeGradient(
      int n, float epsilon, float[] x, int from, float[] g, int gFrom, float[] y, int to) {
    float scale = scale(n, x, from);
    float[] scaled = scaled(n, scale, x, from);
    ScalarFloatNorms.gradientRow(n, scaled(epsilon, scale), scaled, 0, g, gFrom, y, to);
    for (int i = 0; i < n; i++) {
      y[to + i] *= scale;
    }
  }

  /** Returns the largest magnitude; NaN where there is one. */
  private static float largest(int n, float[] x, int from) {
    float largest = 0;
    for (int i = from; i < from + n; i++) {
      largest = Math.max(largest, Math.abs(x[i]));
    }
    return largest;
  }

  /** Returns the power of two that brings the largest magnitude between 1 and 2. */
  private static float scale(int n, float[] x, int from) {
    return Math.scalb((float) 1, -Math.getExponent(largest(n, x, from)));
  }

  private static float[] scaled(int n, float scale, float[] x, int from) {
    float[] scaled = new float[n];
    for (int i = 0; i < n; i++) {
      scaled[i] = x[from + i] * scale;
    }
    return scaled;
  }

  /** Returns what epsilon is to the squares of a scaled row, and not 0. */
  private static float scaled(float epsilon, float scale) {
    return Math.max(epsilon * scale * scale, Float.MIN_NORMAL);
  }
}
