package dev.rnn4j.kernel;

/**
 * What {@link DoubleFunctions} and its vector twin know about float64: coefficients, limits, and
 * the bits of exponents. With {@link FloatBits} it is written by hand; every other twin is derived.
 *
 * <p>The polynomials are minimax approximations found with Remez' algorithm.
 */
public final class DoubleBits {
  /** log2(e). */
  public static final double LOG2_E = 1.4426950408889634;

  /** ln 2, rounded so that its product with an exponent is exact. */
  public static final double LN2_HIGH = 0.6931471805601177;

  /** What LN2_HIGH lacks. */
  public static final double LN2_LOW = -1.7239444525614835e-13;

  /** The exponential of this is infinite. */
  public static final double EXP_MAX = 710;

  /** The exponential of this is 0. */
  public static final double EXP_MIN = -746;

  /** The exponential of minus this is nothing beside 1. */
  public static final double VANISHING = 40;

  /** Adding and subtracting it rounds to a whole number. */
  public static final double ROUND = 0x1.8p52;

  /** Adding it to a whole number leaves the number's biased exponent in the lowest bits. */
  public static final double BIAS = ROUND + 1023;

  /** A power of two that, times all that exp gives, is neither denormal nor infinite. */
  public static final double SMALL = 0x1p-511;

  /** Adding it to k leaves the biased exponent of SMALL·2ᵏ in the lowest bits. */
  public static final double SMALL_BIAS = BIAS - 511;

  /** Adding it to k leaves the biased exponent of 2·2ᵏ in the lowest bits. */
  public static final double TWICE_BIAS = BIAS + 1;

  /** Where the exponent begins. */
  public static final int EXPONENT_SHIFT = 52;

  /** The bits of the significand. */
  public static final long SIGNIFICAND_MASK = 0x000f_ffff_ffff_ffffL;

  /** The bit of the sign. */
  public static final long SIGN_MASK = 0x8000_0000_0000_0000L;

  /** The bits of 1. */
  public static final long ONE = 0x3ff0_0000_0000_0000L;

  /** The bits of √½. */
  public static final long SQRT_HALF = 0x3fe6_a09e_667f_3bcdL;

  /** Lifts √½ to 1 in a number's bits, so that the exponent counts from √½. */
  public static final long LIFT = ONE - SQRT_HALF;

  /** The bits of a large number, whose lowest bits hold a biased exponent as a whole number. */
  public static final long INTEGER_BITS = 0x4330_0000_0000_0000L;

  /** The value of INTEGER_BITS, and the bias. */
  public static final double INTEGER = 0x1p52 + 1023;

  /** The bits of SMALL. */
  public static final long SMALL_BITS = 512L << EXPONENT_SHIFT;

  /** The bits of the largest sum of k and SMALL_BIAS whose exponent is one of a number. */
  public static final long LARGEST_SUM = 0x4338_0000_0000_0000L + 2046;

  /** Added to the bits of a number, lets the bits of a positive NaN overflow, and no others. */
  public static final long OVER = 0x000f_ffff_ffff_ffffL;

  /** Makes a denormal number normal. */
  public static final double DENORMAL_SCALE = 0x1p54;

  /** The exponent of DENORMAL_SCALE. */
  public static final double DENORMAL_EXPONENT = 54;

  /** The least sum of squares that has not lost bits of them. */
  public static final double LEAST_SQUARES = 0x1p-960;

  /** √2 − 1. */
  public static final double SQRT2_MINUS_ONE = 0.41421356237309503;

  /** Whether coefficients from E5 and L3 on are needed. */
  public static final boolean LONG_SERIES = true;

  /** Coefficients of (1 − r − e⁻ʳ) / r² for |r| ≤ ln 2 / 2. */
  public static final double E0 = -0.5000000000000011;

  public static final double E1 = 0.16666666666666413;
  public static final double E2 = -0.0416666666665302;
  public static final double E3 = 0.008333333333494551;
  public static final double E4 = -0.0013888888943652305;
  public static final double E5 = 0.00019841269506394615;
  public static final double E6 = -2.48014930497625e-05;
  public static final double E7 = 2.7557586442035554e-06;
  public static final double E8 = -2.763027363255462e-07;
  public static final double E9 = 2.5000087540808848e-08;

  /** Coefficients of (ln((1 + s) / (1 − s)) / s − 2) / z for z = s². */
  public static final double L0 = 0.6666666666666731;

  public static final double L1 = 0.3999999999943343;
  public static final double L2 = 0.28571428739023425;
  public static final double L3 = 0.2222219886132925;
  public static final double L4 = 0.1818355157541817;
  public static final double L5 = 0.1531433165835795;
  public static final double L6 = 0.147935093170145;

  private DoubleBits() {}

  /** Returns the nearest number of this precision. */
  static double round(double x) {
    return x;
  }

  /** Returns 2 to the power of a whole number. */
  static double powerOfTwo(double k) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(k + BIAS) << EXPONENT_SHIFT);
  }

  /** Returns SMALL times 2 to the power of a whole number. */
  static double smallPowerOfTwo(double k) {
    return Double.longBitsToDouble(Double.doubleToRawLongBits(k + SMALL_BIAS) << EXPONENT_SHIFT);
  }

  /** Returns the k for which x / 2ᵏ is in [√½, √2). */
  static double exponent(double x) {
    long lifted = Double.doubleToRawLongBits(x) + LIFT;
    return Double.longBitsToDouble((lifted >>> EXPONENT_SHIFT) | INTEGER_BITS) - INTEGER;
  }

  /** Returns x / 2ᵏ in [√½, √2). */
  static double significand(double x) {
    long lifted = Double.doubleToRawLongBits(x) + LIFT;
    return Double.longBitsToDouble((lifted & SIGNIFICAND_MASK) + SQRT_HALF);
  }

  /** Returns x, which is at least 0, with the sign of another number. */
  static double withSign(double x, double sign) {
    return Double.longBitsToDouble(
        Double.doubleToRawLongBits(x) | Double.doubleToRawLongBits(sign) & SIGN_MASK);
  }
}
