package dev.rnn4j.graph.op;

/**
 * The cosine, with the same bits on every computer and without objects: {@link StrictMath#cos}
 * makes an array at each call on some JDKs, and {@link Math#cos} may differ from one computer to
 * another. Good to 2 ulp, or 1e-28 where the cosine is next to nothing.
 *
 * <p>x = n·π/2 + r with |r| ≤ π/4 (Cody and Waite, Software Manual for the Elementary Functions,
 * 1980: π/2 in parts of few bits, whose products with n are exact), then Taylor's series of r.
 */
final class CosineFunction {
  /** Beyond it, products of n with a part of π/2 are not exact; nobody has such angles. */
  private static final double LARGEST = 1 << 19;

  private static final double TWO_BY_PI = 2 / Math.PI;
  private static final double PART = Math.scalb(Math.rint(Math.scalb(Math.PI / 2, 32)), -32);

  /** What is left of the double next to π/2, all of whose 53 bits the two parts hold. */
  private static final double REST = Math.PI / 2 - PART;

  /** What is left of π/2 itself. */
  private static final double LAST = 6.123233995736766e-17;

  private CosineFunction() {}

  static double cos(double x) {
    if (!(Math.abs(x) < LARGEST)) {
      return StrictMath.cos(x);
    }
    double n = Math.rint(x * TWO_BY_PI);
    double near = x - n * PART;
    double rest = n * REST;
    double r = near - rest;
    r += near - r - rest - n * LAST;
    return switch ((int) n & 3) {
      case 0 -> even(r * r);
      case 1 -> -odd(r);
      case 2 -> -even(r * r);
      default -> odd(r);
    };
  }

  /** Returns the cosine of the root of a square up to (π/4)². */
  private static double even(double square) {
    double sum = 0;
    for (int k = 18; k > 2; k -= 2) {
      sum = (1 - sum) * square / (k * (k - 1));
    }
    return 1 - (1 - sum) * square / 2;
  }

  /** Returns the sine of a number between −π/4 and π/4. */
  private static double odd(double r) {
    double square = r * r;
    double sum = 0;
    for (int k = 19; k > 1; k -= 2) {
      sum = (1 - sum) * square / (k * (k - 1));
    }
    return r - r * sum;
  }
}
