package dev.rnn4j.kernel;

/**
 * Sine and cosine, with the same bits on every computer and without objects: those of {@link
 * StrictMath} make an array at every call on newer JDKs, and those of {@link Math} may differ from
 * one computer to the next. Within 2 ulp, or 1e-26 where they are next to nothing.
 */
public final class Trigonometry {
  /** From here on, products of n with a part of π/2 are not exact: {@link StrictMath} serves. */
  private static final double LARGEST = 1 << 19;

  private static final double TWO_BY_PI = 2 / Math.PI;

  /** The first 33 bits of π/2, the next 20, and what then is left of it. */
  private static final double HIGH = Math.scalb(Math.rint(Math.scalb(Math.PI / 2, 32)), -32);

  private static final double MIDDLE = Math.PI / 2 - HIGH;
  private static final double LOW = 0x1.1a62633145c07p-54;

  private Trigonometry() {}

  /** Returns sin x. */
  public static double sin(double x) {
    return Math.abs(x) < LARGEST ? sinAfter(0, x) : StrictMath.sin(x);
  }

  /** Returns cos x. */
  public static double cos(double x) {
    return Math.abs(x) < LARGEST ? sinAfter(1, x) : StrictMath.cos(x);
  }

  /**
   * Returns sin(x + quarters·π/2) with x = n·π/2 + r and |r| ≤ π/4 (Cody and Waite, Software Manual
   * for the Elementary Functions, 1980: with parts of π/2 whose products with n are exact).
   */
  private static double sinAfter(int quarters, double x) {
    double n = Math.rint(x * TWO_BY_PI);
    double high = x - n * HIGH;
    double middle = n * MIDDLE;
    double r = high - middle;
    r += high - r - middle - n * LOW;
    return switch ((int) n + quarters & 3) {
      case 0 -> sinOfSmall(n == 0 ? x : r); // as −0 stays −0
      case 1 -> cosOfSmall(r);
      case 2 -> -sinOfSmall(r);
      default -> -cosOfSmall(r);
    };
  }

  private static double sinOfSmall(double r) {
    return r * series(17, r * r);
  }

  private static double cosOfSmall(double r) {
    return series(18, r * r);
  }

  /** Returns Taylor's series up to rⁿ: of cos r for an even n, of (sin r)/r for an odd one. */
  private static double series(int n, double square) {
    double sum = 1;
    for (int k = n; k > 1; k -= 2) {
      sum = 1 - square / ((k - 1) * k) * sum;
    }
    return sum;
  }
}
