package dev.rnn4j.kernel;

/**
 * {@link FloatFunctions}, step by step the same, and the commonest operations, as loops for whole
 * arrays: the JIT turns loops that count from 0 and leave bits alone into vector instructions, if
 * it does not meet too many at once. That they are called through an interface keeps them apart.
 */
final class ScalarFloatChunks {
  /** The elements from which functions are faster this way than one by one. */
  static final int LEAST = 48;

  /** The elements from which operations of a single step are, in spite of the copies. */
  static final int LEAST_SIMPLE = 96;

  /** The elements that go through the loops together. */
  private static final int CHUNK = 512;

  /** The rows of the scratch: x, z (which is then of other use), k, q, and the result. */
  private static final int ROWS = 5;

  /**
   * A row of these is, with its header, a multiple of a cache line: all begin at one place in it.
   */
  private static final int ROW = CHUNK + 48 / Float.BYTES;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[ROWS][ROW]);

  static final Stage ADD = (n, s) -> add(n, s[0], s[1], s[4]);
  private static final Stage SUM = (n, s) -> addTo(n, s[0], s[1]);
  static final Stage SUBTRACT = (n, s) -> subtract(n, s[0], s[1], s[4]);
  static final Stage MULTIPLY = (n, s) -> multiply(n, s[0], s[1], s[4]);
  static final Stage DIVIDE = (n, s) -> divide(n, s[0], s[1], s[4]);
  static final Stage MAXIMUM = (n, s) -> maximum(n, s[0], s[1], s[4]);
  static final Stage MINIMUM = (n, s) -> minimum(n, s[0], s[1], s[4]);
  static final Stage FMA = (n, s) -> fma(n, s[0], s[1], s[2], s[4]);
  static final Stage TANH_GRADIENT = (n, s) -> tanhGradient(n, s[0], s[1], s[4]);
  static final Stage SIGMOID_GRADIENT = (n, s) -> sigmoidGradient(n, s[0], s[1], s[4]);

  static final Stage ADD_PRODUCT = (n, s) -> addProduct(n, s[0], s[1], s[2], s[4]);
  static final Stage TANH_GRADIENT_OF_PRODUCT =
      (n, s) -> tanhGradientOfProduct(n, s[0], s[1], s[2], s[4]);
  static final Stage SIGMOID_GRADIENT_OF_PRODUCT =
      (n, s) -> sigmoidGradientOfProduct(n, s[0], s[1], s[2], s[4]);

  private static final Stage[] EXP = {
    (n, s) -> clampMinus(n, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> oneMinusExp(n, s[1], s[2], s[3]),
    (n, s) -> powers(n, s[2], s[1], s[4]),
    (n, s) -> finishExp(n, s[3], s[1], s[4])
  };

  private static final Stage[] TANH = {
    (n, s) -> clampTwiceAbs(n, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> oneMinusExp(n, s[1], s[2], s[3]),
    (n, s) -> power(n, s[2], s[1]),
    (n, s) -> finishTanh(n, s[1], s[3], s[4]),
    (n, s) -> copySign(n, s[0], s[4])
  };

  private static final Stage[] SIGMOID = {
    (n, s) -> clamp(n, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> oneMinusExp(n, s[1], s[2], s[3]),
    (n, s) -> smallPower(n, s[2], s[1]),
    (n, s) -> finishSigmoid(n, s[1], s[3], s[4])
  };

  /** One of the loops: from rows of the scratch to others. */
  interface Stage {
    void run(int n, float[][] s);
  }

  private ScalarFloatChunks() {}

  static void exp(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(EXP, n, a, aOffset, y, yOffset);
  }

  static void tanh(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(TANH, n, a, aOffset, y, yOffset);
  }

  static void sigmoid(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(SIGMOID, n, a, aOffset, y, yOffset);
  }

  static void tanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    runOfSum(TANH, n, a, aOffset, b, bOffset, y, yOffset);
  }

  static void sigmoidOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    runOfSum(SIGMOID, n, a, aOffset, b, bOffset, y, yOffset);
  }

  private static void run(Stage[] stages, int n, float[] a, int aOffset, float[] y, int yOffset) {
    float[][] s = SCRATCH.get();
    for (int i = 0; i < n; i += CHUNK) {
      int count = Math.min(CHUNK, n - i);
      System.arraycopy(a, aOffset + i, s[0], 0, count);
      for (Stage stage : stages) {
        stage.run(count, s);
      }
      System.arraycopy(s[ROWS - 1], 0, y, yOffset + i, count);
    }
  }

  /** y = the stages' function of a + b. */
  private static void runOfSum(
      Stage[] stages,
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    float[][] s = SCRATCH.get();
    for (int i = 0; i < n; i += CHUNK) {
      int count = Math.min(CHUNK, n - i);
      System.arraycopy(a, aOffset + i, s[0], 0, count);
      System.arraycopy(b, bOffset + i, s[1], 0, count);
      SUM.run(count, s);
      for (Stage stage : stages) {
        stage.run(count, s);
      }
      System.arraycopy(s[ROWS - 1], 0, y, yOffset + i, count);
    }
  }

  /** y = op(a, b). */
  static void run(
      Stage op, int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    float[][] s = SCRATCH.get();
    for (int i = 0; i < n; i += CHUNK) {
      int count = Math.min(CHUNK, n - i);
      System.arraycopy(a, aOffset + i, s[0], 0, count);
      System.arraycopy(b, bOffset + i, s[1], 0, count);
      op.run(count, s);
      System.arraycopy(s[ROWS - 1], 0, y, yOffset + i, count);
    }
  }

  /** y = op(a, b, c). */
  static void run(
      Stage op,
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    float[][] s = SCRATCH.get();
    for (int i = 0; i < n; i += CHUNK) {
      int count = Math.min(CHUNK, n - i);
      System.arraycopy(a, aOffset + i, s[0], 0, count);
      System.arraycopy(b, bOffset + i, s[1], 0, count);
      System.arraycopy(c, cOffset + i, s[2], 0, count);
      op.run(count, s);
      System.arraycopy(s[ROWS - 1], 0, y, yOffset + i, count);
    }
  }

  /** y [columns] = the sum of the rows of x [rows, columns], of which there is at least one. */
  static void sumRows(int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    float[][] s = SCRATCH.get();
    for (int j = 0; j < columns; j += CHUNK) {
      int count = Math.min(CHUNK, columns - j);
      System.arraycopy(x, xOffset + j, s[0], 0, count);
      for (int i = 1; i < rows; i++) {
        System.arraycopy(x, xOffset + i * columns + j, s[1], 0, count);
        SUM.run(count, s);
      }
      System.arraycopy(s[0], 0, y, yOffset + j, count);
    }
  }

  private static void addTo(int n, float[] sum, float[] x) {
    for (int i = 0; i < n; i++) {
      sum[i] += x[i];
    }
  }

  private static void add(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] + b[i];
    }
  }

  private static void subtract(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] - b[i];
    }
  }

  private static void multiply(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * b[i];
    }
  }

  private static void divide(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] / b[i];
    }
  }

  private static void maximum(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.max(a[i], b[i]);
    }
  }

  private static void minimum(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.min(a[i], b[i]);
    }
  }

  private static void fma(int n, float[] a, float[] b, float[] c, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(a[i], b[i], c[i]);
    }
  }

  private static void tanhGradient(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(-a[i], a[i], 1) * b[i];
    }
  }

  private static void sigmoidGradient(int n, float[] a, float[] b, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * (1 - a[i]) * b[i];
    }
  }

  private static void addProduct(int n, float[] a, float[] b, float[] c, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] + b[i] * c[i];
    }
  }

  private static void tanhGradientOfProduct(int n, float[] a, float[] b, float[] c, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = Math.fma(-a[i], a[i], 1) * (b[i] * c[i]);
    }
  }

  private static void sigmoidGradientOfProduct(int n, float[] a, float[] b, float[] c, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = a[i] * (1 - a[i]) * (b[i] * c[i]);
    }
  }

  /** z = x within the limits of the sigmoid. */
  private static void clamp(int n, float[] x, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(Math.min(x[i], FloatBits.VANISHING), FloatBits.EXP_MIN);
    }
  }

  /** z = −x within the limits of exp. */
  private static void clampMinus(int n, float[] x, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(Math.min(-x[i], -FloatBits.EXP_MIN), -FloatBits.EXP_MAX);
    }
  }

  /** z = 2·|x| within the limits of tanh. */
  private static void clampTwiceAbs(int n, float[] x, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.min(2 * Math.abs(x[i]), FloatBits.VANISHING);
    }
  }

  private static void wholeLog2(int n, float[] z, float[] k) {
    for (int i = 0; i < n; i++) {
      k[i] = FloatFunctions.wholeLog2(z[i]);
    }
  }

  private static void oneMinusExp(int n, float[] z, float[] k, float[] q) {
    for (int i = 0; i < n; i++) {
      q[i] = FloatFunctions.oneMinusExp(z[i], k[i]);
    }
  }

  /** Two powers of two, whose product is 2ᵏ. */
  private static void powers(int n, float[] k, float[] power1, float[] power2) {
    for (int i = 0; i < n; i++) {
      float half = FloatFunctions.wholeHalf(k[i]);
      power1[i] = FloatBits.powerOfTwo(half);
      power2[i] = FloatBits.powerOfTwo(k[i] - half);
    }
  }

  /** y = (1 − q)·power·y, where y is the second power. */
  private static void finishExp(int n, float[] q, float[] power, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = (1 - q[i]) * power[i] * y[i];
    }
  }

  private static void power(int n, float[] k, float[] power) {
    for (int i = 0; i < n; i++) {
      power[i] = FloatBits.powerOfTwo(k[i]);
    }
  }

  private static void smallPower(int n, float[] k, float[] power) {
    for (int i = 0; i < n; i++) {
      power[i] = FloatBits.smallPowerOfTwo(k[i]);
    }
  }

  private static void finishTanh(int n, float[] power, float[] q, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatFunctions.tanh(power[i], q[i]);
    }
  }

  private static void copySign(int n, float[] x, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatBits.withSign(y[i], x[i]);
    }
  }

  private static void finishSigmoid(int n, float[] power, float[] q, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatFunctions.sigmoid(power[i], q[i]);
    }
  }
}
