package dev.rnn4j.kernel;

/**
 * The functions that Java's library does not give the same bits for everywhere, made of operations
 * that it does: add, multiply, fma, divide, and bits of exponents. They take no branches, so that
 * vectors can do the same steps. exp, log, tanh and sigmoid are within 2 ulp.
 */
public final class FloatFunctions {
  private FloatFunctions() {}

  /** Returns eˣ. */
  public static float exp(float x) {
    float z = x > FloatBits.EXP_MAX ? -FloatBits.EXP_MAX : -x;
    z = z > -FloatBits.EXP_MIN ? -FloatBits.EXP_MIN : z;
    float k = wholeLog2(z);
    float half = wholeHalf(k);
    return (1 - oneMinusExp(z, k)) * FloatBits.powerOfTwo(half) * FloatBits.powerOfTwo(k - half);
  }

  /** Returns ln x. */
  public static float log(float x) {
    boolean denormal = x < Float.MIN_NORMAL;
    float a = denormal ? x * FloatBits.DENORMAL_SCALE : x;
    float shift = denormal ? FloatBits.DENORMAL_EXPONENT : 0;
    float y = log(FloatBits.exponent(a) - shift, FloatBits.significand(a) - 1);
    y = x > Float.MAX_VALUE ? x : y;
    y = x == 0 ? Float.NEGATIVE_INFINITY : y;
    return x >= 0 ? y : Float.NaN;
  }

  /** Returns tanh x as (1 − e) / (1 + e) with e = e⁻²ˡˣˡ and the sign of x. */
  public static float tanh(float x) {
    float z = 2 * Math.abs(x);
    z = z > FloatBits.VANISHING ? FloatBits.VANISHING : z;
    float k = wholeLog2(z);
    return FloatBits.withSign(tanh(FloatBits.powerOfTwo(k), oneMinusExp(z, k)), x);
  }

  /** Returns tanh |x|, where e⁻²ˡˣˡ is power·(1 − q). */
  static float tanh(float power, float q) {
    return Math.fma(power, q, 1 - power) / Math.fma(-power, q, 1 + power);
  }

  /** Returns 1 / (1 + e⁻ˣ). */
  public static float sigmoid(float x) {
    float z = x < FloatBits.EXP_MIN ? FloatBits.EXP_MIN : x;
    z = z > FloatBits.VANISHING ? FloatBits.VANISHING : z;
    float k = wholeLog2(z);
    return sigmoid(FloatBits.smallPowerOfTwo(k), oneMinusExp(z, k));
  }

  /**
   * Returns 1 / (1 + e⁻ˣ), where e⁻ˣ is power·(1 − q) / SMALL. Both terms of the sum are SMALL
   * times as large, lest it overflow where the result is denormal. The larger of 1 and the power is
   * added last, so that one rounding is large and no other: two would be more than 2 ulp.
   */
  static float sigmoid(float power, float q) {
    float low = Math.min(power, FloatBits.SMALL);
    float high = Math.max(power, FloatBits.SMALL);
    return FloatBits.SMALL / (Math.fma(-power, q, low) + high);
  }

  /** Returns max(x, 0); NaN stays NaN. */
  public static float relu(float x) {
    return x <= 0 ? 0 : x;
  }

  /** Returns ln(1 + eˣ) as max(x, 0) + ln(1 + e⁻ˡˣˡ). */
  public static float softplus(float x) {
    float e = exp(-Math.abs(x));
    boolean large = e > FloatBits.SQRT2_MINUS_ONE;
    float log = log(large ? 1 : 0, large ? 0.5f * (e - 1) : e);
    return relu(x) + log;
  }

  /** Returns k·ln 2 + ln(1 + f), where 1 + f is in [√½, √2]. */
  private static float log(float k, float f) {
    float s = f / (2 + f);
    float z = s * s;
    float h = 0.5f * f * f;
    float tail = Math.fma(s, Math.fma(z, logSeries(z), h), k * FloatBits.LN2_LOW);
    return Math.fma(k, FloatBits.LN2_HIGH, f - (h - tail));
  }

  /** Returns the whole number nearest to −z / ln 2. */
  static float wholeLog2(float z) {
    return Math.fma(z, -FloatBits.LOG2_E, FloatBits.ROUND) - FloatBits.ROUND;
  }

  /** Returns a whole number nearest to k / 2. */
  static float wholeHalf(float k) {
    return Math.fma(k, 0.5f, FloatBits.ROUND) - FloatBits.ROUND;
  }

  /** Returns q with e⁻ᶻ = 2ᵏ·(1 − q). */
  static float oneMinusExp(float z, float k) {
    float r = Math.fma(k, FloatBits.LN2_LOW, Math.fma(k, FloatBits.LN2_HIGH, z));
    return Math.fma(r * r, expSeries(r), r);
  }

  /** Returns (1 − r − e⁻ʳ) / r². */
  private static float expSeries(float r) {
    float p = FloatBits.E4;
    if (FloatBits.LONG_SERIES) {
      p = Math.fma(r, FloatBits.E9, FloatBits.E8);
      p = Math.fma(p, r, FloatBits.E7);
      p = Math.fma(p, r, FloatBits.E6);
      p = Math.fma(p, r, FloatBits.E5);
      p = Math.fma(p, r, FloatBits.E4);
    }
    p = Math.fma(p, r, FloatBits.E3);
    p = Math.fma(p, r, FloatBits.E2);
    p = Math.fma(p, r, FloatBits.E1);
    return Math.fma(p, r, FloatBits.E0);
  }

  /** Returns (ln((1 + s) / (1 − s)) / s − 2) / z for z = s². */
  private static float logSeries(float z) {
    float p = FloatBits.L2;
    if (FloatBits.LONG_SERIES) {
      p = Math.fma(z, FloatBits.L6, FloatBits.L5);
      p = Math.fma(p, z, FloatBits.L4);
      p = Math.fma(p, z, FloatBits.L3);
      p = Math.fma(p, z, FloatBits.L2);
    }
    p = Math.fma(p, z, FloatBits.L1);
    return Math.fma(p, z, FloatBits.L0);
  }
}
