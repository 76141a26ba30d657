package dev.rnn4j.random;

/**
 * The natural logarithm, rounded correctly but for about one argument in 100,000: as near as one
 * comes to the C library that NumPy calls. {@link StrictMath#log} is often one bit off, and {@link
 * Math#log} may differ from one processor to the next.
 */
final class Logarithm {
  /** ln 2 in two parts; the first has so few bits that its product with an exponent is exact. */
  private static final double LN2_HIGH = 0x1.62e42fefa3800p-1;

  private static final double LN2_LOW = 0x1.ef35793c76730p-45;
  private static final double SQRT_2 = 0x1.6a09e667f3bcdp0;

  private Logarithm() {}

  /**
   * Returns ln x for a positive, normal x: with x = 2ᵏm and s = (m − 1)/(m + 1) it is k·ln 2 + 2·(s
   * + s³/3 + s⁵/5 + …), summed in pairs of doubles as long as that shows in the last bit.
   */
  static double of(double x) {
    int exponent = Math.getExponent(x);
    double m = Math.scalb(x, -exponent);
    if (m > SQRT_2) {
      m /= 2;
      exponent++;
    }
    double over = m - 1;
    double under = m + 1;
    double underRest = m - (under - 1);
    double s = over / under;
    double sRest = (Math.fma(-s, under, over) - s * underRest) / under;

    double square = s * s;
    double squareRest = Math.fma(s, s, -square) + 2 * s * sRest;
    double cube = square * s;
    double cubeRest = Math.fma(square, s, -cube) + square * sRest + squareRest * s;
    double third = cube / 3;
    double thirdRest = (Math.fma(-3, third, cube) + cubeRest) / 3;

    double tail = 0;
    for (int power = 25; power >= 5; power -= 2) {
      tail = tail * square + 1.0 / power;
    }
    tail *= cube * square;

    double whole = exponent * LN2_HIGH;
    double first = whole + 2 * s;
    double firstRest = whole == 0 ? 0 : 2 * s - (first - whole);
    double second = first + 2 * third;
    double secondRest = 2 * third - (second - first);
    double rest = exponent * LN2_LOW + firstRest + secondRest + 2 * (sRest + thirdRest + tail);
    return second + rest;
  }
}
