package dev.rnn4j.tensor;

import java.math.BigDecimal;
import java.math.RoundingMode;

/**
 * A finite number in decimal, in the pieces around its point.
 *
 * @param whole sign and digits before the point: {@code -1}
 * @param fraction digits after it, without zeros at the end: {@code 54403697}
 * @param exponent sign and at least two digits: {@code -03}; empty in fixed notation
 */
record Decimal(String whole, String fraction, String exponent) {
  /** More places than any double has. */
  static final int ALL = 2000;

  private static final BigDecimal HALF = new BigDecimal("0.5");

  /** Returns the number in fixed notation with at most {@code most} places. */
  static Decimal fixed(double value, Precision precision, int most) {
    BigDecimal rounded = round(Math.abs(value), precision, -ALL, most).stripTrailingZeros();
    String text = rounded.setScale(Math.max(0, rounded.scale())).toPlainString();
    int point = text.indexOf('.');
    return point < 0
        ? new Decimal(sign(value) + text, "", "")
        : new Decimal(sign(value) + text.substring(0, point), text.substring(point + 1), "");
  }

  /** Returns the number in scientific notation with {@code least} to {@code most} places. */
  static Decimal scientific(double value, Precision precision, int least, int most) {
    double size = Math.abs(value);
    int first = firstExponent(new BigDecimal(size));
    BigDecimal rounded = round(size, precision, least - first, most - first);
    int exponent = firstExponent(rounded);
    String digits = rounded.stripTrailingZeros().unscaledValue().toString();
    return new Decimal(
        sign(value) + digits.charAt(0),
        digits.substring(1),
        (exponent < 0 ? "-" : "+") + (Math.abs(exponent) < 10 ? "0" : "") + Math.abs(exponent));
  }

  private static String sign(double value) {
    return Double.doubleToRawLongBits(value) < 0 ? "-" : "";
  }

  /** Returns the power of ten that the first digit counts. */
  private static int firstExponent(BigDecimal value) {
    return value.signum() == 0 ? 0 : value.precision() - value.scale() - 1;
  }

  /**
   * Returns a number of 0 or more to as many places as tell it from its neighbours (Steele and
   * White, 1990; Burger and Dybvig, 1996), but at least {@code least} and at most {@code most};
   * beyond those that it takes come the digits of its exact value. Done on exact decimals, for the
   * JDK's own shortest digits differ from one release to the next.
   */
  private static BigDecimal round(double number, Precision precision, int least, int most) {
    boolean wide = precision == Precision.FLOAT64;
    float single = (float) number;
    double below = wide ? number - Math.nextDown(number) : single - Math.nextDown(single);
    double above = wide ? Math.ulp(number) : Math.ulp(single);
    long bits = wide ? Double.doubleToRawLongBits(number) : Float.floatToRawIntBits(single);
    boolean even = (bits & 1) == 0;

    BigDecimal value = new BigDecimal(number);
    BigDecimal marginBelow = new BigDecimal(below).multiply(HALF);
    BigDecimal marginAbove = new BigDecimal(above).multiply(HALF);
    for (int places = -firstExponent(value); ; places++) {
      BigDecimal rest = value.subtract(value.setScale(places, RoundingMode.DOWN));
      BigDecimal toNext = BigDecimal.ONE.movePointLeft(places).subtract(rest);
      boolean down = within(rest, marginBelow, even);
      boolean up = within(toNext, marginAbove, even);
      if (places == most || (down || up) && places >= least) {
        RoundingMode nearer = down ? RoundingMode.DOWN : RoundingMode.UP;
        return value.setScale(places, down == up ? RoundingMode.HALF_EVEN : nearer);
      }
    }
  }

  /** A number with an even mantissa is what a decimal on the very edge is read as. */
  private static boolean within(BigDecimal distance, BigDecimal margin, boolean even) {
    int order = distance.compareTo(margin);
    return even ? order <= 0 : order < 0;
  }
}
