package dev.rnn4j.kernel;

/**
 * What {@link FloatFunctions} and its vector twin know about float32: coefficients, limits, and the
 * bits of exponents. With {@link DoubleBits} it is written by hand; every other twin is derived.
 *
 * <p>The polynomials are minimax approximations found with Remez' algorithm.
 */
public final class FloatBits {
  /** log2(e). */
  public static final float LOG2_E = 1.442695f;

  /** ln 2, rounded so that its product with an exponent is exact. */
  public static final float LN2_HIGH = 0.69314575f;

  /** What LN2_HIGH lacks. */
  public static final float LN2_LOW = 1.4286068e-06f;

  /** The exponential of this is infinite. */
  public static final float EXP_MAX = 89f;

  /** The exponential of this is 0. */
  public static final float EXP_MIN = -105f;

  /** The exponential of minus this is nothing beside 1. */
  public static final float VANISHING = 20f;

  /** Adding and subtracting it rounds to a whole number. */
  public static final float ROUND = 0x1.8p23f;

  /** Adding it to a whole number leaves the number's biased exponent in the lowest bits. */
  public static final float BIAS = ROUND + 127;

  /** A power of two that, times all that exp gives, is neither denormal nor infinite. */
  public static final float SMALL = 0x1p-63f;

  /** Adding it to k leaves the biased exponent of SMALL·2ᵏ in the lowest bits. */
  public static final float SMALL_BIAS = BIAS - 63;

  /** Adding it to k leaves the biased exponent of 2·2ᵏ in the lowest bits. */
  public static final float TWICE_BIAS = BIAS + 1;

  /** Where the exponent begins. */
  public static final int EXPONENT_SHIFT = 23;

  /** The bits of the significand. */
  public static final int SIGNIFICAND_MASK = 0x007f_ffff;

  /** The bit of the sign. */
  public static final int SIGN_MASK = 0x8000_0000;

  /** The bits of 1. */
  public static final int ONE = 0x3f80_0000;

  /** The bits of √½. */
  public static final int SQRT_HALF = 0x3f35_04f3;

  /** Lifts √½ to 1 in a number's bits, so that the exponent counts from √½. */
  public static final int LIFT = ONE - SQRT_HALF;

  /** The bits of a large number, whose lowest bits hold a biased exponent as a whole number. */
  public static final int INTEGER_BITS = 0x4b00_0000;

  /** The value of INTEGER_BITS, and the bias. */
  public static final float INTEGER = 0x1p23f + 127;

  /** The bits of SMALL. */
  public static final int SMALL_BITS = 64 << EXPONENT_SHIFT;

  /** The bits of the largest sum of k and SMALL_BIAS whose exponent is one of a number. */
  public static final int LARGEST_SUM = 0x4b40_0000 + 254;

  /** Added to the bits of a number, lets the bits of a positive NaN overflow, and no others. */
  public static final int OVER = 0x007f_ffff;

  /** Makes a denormal number normal. */
  public static final float DENORMAL_SCALE = 0x1p24f;

  /** The exponent of DENORMAL_SCALE. */
  public static final float DENORMAL_EXPONENT = 24f;

  /** The least sum of squares that has not lost bits of them. */
  public static final float LEAST_SQUARES = 0x1p-100f;

  /** √2 − 1. */
  public static final float SQRT2_MINUS_ONE = 0.41421357f;

  /** Whether coefficients from E5 and L3 on are needed. */
  public static final boolean LONG_SERIES = false;

  /** Coefficients of (1 − r − e⁻ʳ) / r² for |r| ≤ ln 2 / 2. */
  public static final float E0 = -0.49999994f;

  public static final float E1 = 0.16666521f;
  public static final float E2 = -0.041668385f;
  public static final float E3 = 0.008368738f;
  public static final float E4 = -0.001381477f;
  public static final float E5 = 0;
  public static final float E6 = 0;
  public static final float E7 = 0;
  public static final float E8 = 0;
  public static final float E9 = 0;

  /** Coefficients of (ln((1 + s) / (1 − s)) / s − 2) / z for z = s². */
  public static final float L0 = 0.66666776f;

  public static final float L1 = 0.39977607f;
  public static final float L2 = 0.29870546f;
  public static final float L3 = 0;
  public static final float L4 = 0;
  public static final float L5 = 0;
  public static final float L6 = 0;

  private FloatBits() {}

  /** Returns the nearest number of this precision. */
  static float round(double x) {
    return (float) x;
  }

  /** Returns 2 to the power of a whole number. */
  static float powerOfTwo(float k) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(k + BIAS) << EXPONENT_SHIFT);
  }

  /** Returns SMALL times 2 to the power of a whole number. */
  static float smallPowerOfTwo(float k) {
    return Float.intBitsToFloat(Float.floatToRawIntBits(k + SMALL_BIAS) << EXPONENT_SHIFT);
  }

  /** Returns the k for which x / 2ᵏ is in [√½, √2). */
  static float exponent(float x) {
    int lifted = Float.floatToRawIntBits(x) + LIFT;
    return Float.intBitsToFloat((lifted >>> EXPONENT_SHIFT) | INTEGER_BITS) - INTEGER;
  }

  /** Returns x / 2ᵏ in [√½, √2). */
  static float significand(float x) {
    int lifted = Float.floatToRawIntBits(x) + LIFT;
    return Float.intBitsToFloat((lifted & SIGNIFICAND_MASK) + SQRT_HALF);
  }

  /** Returns x, which is at least 0, with the sign of another number. */
  static float withSign(float x, float sign) {
    return Float.intBitsToFloat(
        Float.floatToRawIntBits(x) | Float.floatToRawIntBits(sign) & SIGN_MASK);
  }
}
