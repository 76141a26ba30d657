package dev.rnn4j.kernel;

/**
 * The loops of {@link Pointwise}, one small method each, so that the compiler sees every loop
 * alone.
 */
public final class ScalarFloatPointwise {
  private ScalarFloatPointwise() {}

  /** y = a. */
  public static void copy(int n, float[] a, int aOffset, float[] y, int yOffset) {
    System.arraycopy(a, aOffset, y, yOffset, n);
  }

  static void negate(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = -a[aOffset + i];
    }
  }

  static void abs(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.abs(a[aOffset + i]);
    }
  }

  static void sqrt(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatBits.round(Math.sqrt(a[aOffset + i]));
    }
  }

  static void square(int n, float[] a, int aOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.MULTIPLY, n, a, aOffset, a, aOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] * a[aOffset + i];
    }
  }

  static void reciprocal(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = 1 / a[aOffset + i];
    }
  }

  /** y = eᵃ. */
  public static void exp(int n, float[] a, int aOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST) {
      ScalarFloatChunks.exp(n, a, aOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.exp(a[aOffset + i]);
    }
  }

  /** y = ln a. */
  public static void log(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.log(a[aOffset + i]);
    }
  }

  /** y = tanh a. */
  public static void tanh(int n, float[] a, int aOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST) {
      ScalarFloatChunks.tanh(n, a, aOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.tanh(a[aOffset + i]);
    }
  }

  /** y = 1 / (1 + e⁻ᵃ). */
  public static void sigmoid(int n, float[] a, int aOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST) {
      ScalarFloatChunks.sigmoid(n, a, aOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.sigmoid(a[aOffset + i]);
    }
  }

  static void relu(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.relu(a[aOffset + i]);
    }
  }

  /** y = ln(1 + eᵃ). */
  public static void softplus(int n, float[] a, int aOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.softplus(a[aOffset + i]);
    }
  }

  /** y = a + b. */
  public static void add(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.ADD, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i];
    }
  }

  static void subtract(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.SUBTRACT, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] - b[bOffset + i];
    }
  }

  static void multiply(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.MULTIPLY, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] * b[bOffset + i];
    }
  }

  static void divide(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.DIVIDE, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] / b[bOffset + i];
    }
  }

  /** y = aᵇ. */
  public static void power(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatBits.round(Powers.power(a[aOffset + i], b[bOffset + i]));
    }
  }

  /** y = max(a, b). */
  public static void maximum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.MAXIMUM, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.max(a[aOffset + i], b[bOffset + i]);
    }
  }

  static void minimum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.MINIMUM, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.min(a[aOffset + i], b[bOffset + i]);
    }
  }

  static void equal(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] == b[bOffset + i] ? 1 : 0;
    }
  }

  static void greater(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] > b[bOffset + i] ? 1 : 0;
    }
  }

  static void greaterOrEqual(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] >= b[bOffset + i] ? 1 : 0;
    }
  }

  static void tanhGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(ScalarFloatChunks.TANH_GRADIENT, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(-a[aOffset + i], a[aOffset + i], 1) * b[bOffset + i];
    }
  }

  static void sigmoidGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(
          ScalarFloatChunks.SIGMOID_GRADIENT, n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] * (1 - a[aOffset + i]) * b[bOffset + i];
    }
  }

  static void reluGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i++) {
      float u = a[aOffset + i];
      y[yOffset + i] = u > 0 ? b[bOffset + i] : u <= 0 ? 0 : u;
    }
  }

  static void select(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] != 0 ? b[bOffset + i] : c[cOffset + i];
    }
  }

  static void fma(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(
          ScalarFloatChunks.FMA, n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = Math.fma(a[aOffset + i], b[bOffset + i], c[cOffset + i]);
    }
  }

  /** y = a + b·c, rounded twice. */
  public static void addProduct(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(
          ScalarFloatChunks.ADD_PRODUCT, n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] + b[bOffset + i] * c[cOffset + i];
    }
  }

  /** y = tanh(a + b). */
  public static void tanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST) {
      ScalarFloatChunks.tanhOfSum(n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.tanh(a[aOffset + i] + b[bOffset + i]);
    }
  }

  /** y = 1 / (1 + e⁻ᵃ⁻ᵇ). */
  public static void sigmoidOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    if (n >= ScalarFloatChunks.LEAST) {
      ScalarFloatChunks.sigmoidOfSum(n, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = FloatFunctions.sigmoid(a[aOffset + i] + b[bOffset + i]);
    }
  }

  static void tanhGradientOfProduct(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(
          ScalarFloatChunks.TANH_GRADIENT_OF_PRODUCT,
          n,
          a,
          aOffset,
          b,
          bOffset,
          c,
          cOffset,
          y,
          yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] =
          Math.fma(-a[aOffset + i], a[aOffset + i], 1) * (b[bOffset + i] * c[cOffset + i]);
    }
  }

  static void sigmoidGradientOfProduct(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    if (n >= ScalarFloatChunks.LEAST_SIMPLE) {
      ScalarFloatChunks.run(
          ScalarFloatChunks.SIGMOID_GRADIENT_OF_PRODUCT,
          n,
          a,
          aOffset,
          b,
          bOffset,
          c,
          cOffset,
          y,
          yOffset);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i] = a[aOffset + i] * (1 - a[aOffset + i]) * (b[bOffset + i] * c[cOffset + i]);
    }
  }
}
