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
    float z = x > FloatBits.EXP_MAX ? FloatBits.EXP_MAX : x;
    z = z < FloatBits.EXP_MIN ? FloatBits.EXP_MIN : z;
    float k = wholeLog2(z);
    float half = wholeHalf(k);
    return (expMinusOne(z, k) + 1) * FloatBits.powerOfTwo(half) * FloatBits.powerOfTwo(k - half);
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
    float z = -2 * Math.abs(x);
    z = z < -FloatBits.TANH_MAX ? -FloatBits.TANH_MAX : z;
    float k = wholeLog2(z);
    return FloatBits.withSign(tanh(FloatBits.powerOfTwo(k), expMinusOne(z, k)), x);
  }

  /** Returns tanh |x|, where e⁻²ˡˣˡ is power·(p + 1). */
  static float tanh(float power, float p) {
    return Math.fma(-power, p, 1 - power) / Math.fma(power, p, 1 + power);
  }

  /** Returns 1 / (1 + e⁻ˣ), or eˣ / (1 + eˣ) for a negative x. */
  public static float sigmoid(float x) {
    float z = -Math.abs(x);
    z = z < FloatBits.EXP_MIN ? FloatBits.EXP_MIN : z;
    float k = wholeLog2(z);
    float normal = k < FloatBits.NORMAL_EXPONENT ? FloatBits.NORMAL_EXPONENT : k;
    float power = FloatBits.powerOfTwo(normal);
    float p = expMinusOne(z, k);
    float inverse = 1 / Math.fma(power, p, 1 + power);
    float tail = tail(power, p, inverse) * FloatBits.powerOfTwo(k - normal);
    return x >= 0 ? inverse : tail;
  }

  /**
   * Returns e / (1 + e) for e = power·(p + 1), given 1 / (1 + e). What 1 + e was rounded by,
   * divided by it, is taken from p: the power is multiplied without rounding, and three roundings,
   * that of the sum among them, would be more than 2 ulp.
   */
  static float tail(float power, float p, float inverse) {
    float high = 1 + power;
    float rounded = Math.fma(power, p, high - Math.fma(power, p, high));
    float scale = power * inverse;
    return Math.fma(Math.fma(-inverse, rounded, p), scale, scale);
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

  /** Returns the whole number nearest to x / ln 2. */
  static float wholeLog2(float x) {
    return Math.fma(x, FloatBits.LOG2_E, FloatBits.ROUND) - FloatBits.ROUND;
  }

  /** Returns a whole number nearest to k / 2. */
  static float wholeHalf(float k) {
    return Math.fma(k, 0.5f, FloatBits.ROUND) - FloatBits.ROUND;
  }

  /** Returns e^(x − k·ln 2) − 1. */
  static float expMinusOne(float x, float k) {
    float r = Math.fma(k, -FloatBits.LN2_LOW, Math.fma(k, -FloatBits.LN2_HIGH, x));
    return Math.fma(r * r, expSeries(r), r);
  }

  /** Returns (eʳ − 1 − r) / r². */
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
