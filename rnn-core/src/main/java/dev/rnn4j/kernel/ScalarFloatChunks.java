package dev.rnn4j.kernel;

/**
 * {@link FloatFunctions}, step by step the same, as loops for whole arrays: the JIT turns loops
 * that count from 0 and leave bits alone into vector instructions, if it does not meet too many at
 * once. That they are called through an interface keeps them apart.
 */
final class ScalarFloatChunks {
  /** The elements from which this is faster than one by one. */
  static final int LEAST = 48;

  /** The elements that go through the loops together. */
  private static final int CHUNK = 512;

  /** The rows of the scratch: x, z (which is then of other use), k, p, and the result. */
  private static final int ROWS = 5;

  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[ROWS][CHUNK]);

  private static final Stage[] EXP = {
    (n, s) -> clamp(n, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> expMinusOne(n, s[1], s[2], s[3]),
    (n, s) -> powers(n, s[2], s[1], s[4]),
    (n, s) -> finishExp(n, s[3], s[1], s[4])
  };

  private static final Stage[] TANH = {
    (n, s) -> clampAbs(n, -2, -FloatBits.TANH_MAX, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> expMinusOne(n, s[1], s[2], s[3]),
    (n, s) -> powerAndSign(n, s[0], s[2], s[1]),
    (n, s) -> finishTanh(n, s[1], s[3], s[2], s[4])
  };

  private static final Stage[] SIGMOID = {
    (n, s) -> clampAbs(n, -1, FloatBits.EXP_MIN, s[0], s[1]),
    (n, s) -> wholeLog2(n, s[1], s[2]),
    (n, s) -> expMinusOne(n, s[1], s[2], s[3]),
    (n, s) -> powers(n, s[2], s[1], s[4]),
    (n, s) -> finishExp(n, s[3], s[1], s[4]),
    (n, s) -> numerator(n, s[0], s[4], s[1]),
    (n, s) -> finishSigmoid(n, s[1], s[4])
  };

  private interface Stage {
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

  private static void clamp(int n, float[] x, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(Math.min(x[i], FloatBits.EXP_MAX), FloatBits.EXP_MIN);
    }
  }

  private static void clampAbs(int n, float factor, float least, float[] x, float[] z) {
    for (int i = 0; i < n; i++) {
      z[i] = Math.max(factor * Math.abs(x[i]), least);
    }
  }

  private static void wholeLog2(int n, float[] z, float[] k) {
    for (int i = 0; i < n; i++) {
      k[i] = FloatFunctions.wholeLog2(z[i]);
    }
  }

  private static void expMinusOne(int n, float[] z, float[] k, float[] p) {
    for (int i = 0; i < n; i++) {
      p[i] = FloatFunctions.expMinusOne(z[i], k[i]);
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

  /** y = (p + 1)·power·y, where y is the second power. */
  private static void finishExp(int n, float[] p, float[] power, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = (p[i] + 1) * power[i] * y[i];
    }
  }

  /** 2ᵏ, and in place of k the sign of x. */
  private static void powerAndSign(int n, float[] x, float[] k, float[] power) {
    for (int i = 0; i < n; i++) {
      power[i] = FloatBits.powerOfTwo(k[i]);
      k[i] = FloatBits.sign(x[i]);
    }
  }

  private static void finishTanh(int n, float[] power, float[] p, float[] sign, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatFunctions.tanh(power[i], p[i]) * sign[i];
    }
  }

  private static void numerator(int n, float[] x, float[] e, float[] numerator) {
    for (int i = 0; i < n; i++) {
      numerator[i] = x[i] >= 0 ? 1 : e[i];
    }
  }

  /** y = numerator / (1 + e), where y is e. */
  private static void finishSigmoid(int n, float[] numerator, float[] y) {
    for (int i = 0; i < n; i++) {
      y[i] = FloatFunctions.sigmoid(numerator[i], y[i]);
    }
  }
}
