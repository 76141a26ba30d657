package dev.rnn4j.tensor;

import java.util.Arrays;

/** The one form that NumPy gives all numbers of an array: fixed or scientific, and how wide. */
final class Column {
  private static final int PLACES = 8;

  private final Precision precision;
  private final boolean scientific;

  /** The most characters before the point, after it, and of an exponent with its sign. */
  private int whole;

  private int fraction;
  private int exponent;

  /** Takes the measure of the values that will be shown. */
  Column(double[] values, Precision precision) {
    this.precision = precision;
    double[] finite = Arrays.stream(values).filter(Double::isFinite).toArray();
    scientific = isScientific(finite);
    for (double value : finite) {
      Decimal decimal = decimal(value, 0);
      whole = Math.max(whole, decimal.whole().length());
      fraction = Math.max(fraction, decimal.fraction().length());
      exponent = Math.max(exponent, decimal.exponent().length());
    }
    for (double value : values) {
      if (!Double.isFinite(value)) {
        whole = Math.max(whole, nonFinite(value).length() - 1 - afterPoint());
      }
    }
  }

  /** NumPy compares and divides in the values' own precision. */
  private boolean isScientific(double[] finite) {
    double[] sizes = Arrays.stream(finite).map(Math::abs).filter(size -> size > 0).toArray();
    if (sizes.length == 0) {
      return false;
    }
    double largest = Arrays.stream(sizes).max().getAsDouble();
    double smallest = Arrays.stream(sizes).min().getAsDouble();
    return precision == Precision.FLOAT64
        ? largest >= 1e8 || smallest < 1e-4 || largest / smallest > 1000
        : largest >= 1e6 || smallest < 1e-4f || (float) largest / (float) smallest > 1000;
  }

  private Decimal decimal(double value, int least) {
    return scientific
        ? Decimal.scientific(value, precision, least, least == 0 ? PLACES : least)
        : Decimal.fixed(value, precision, PLACES);
  }

  private int afterPoint() {
    return fraction + (scientific ? 1 + exponent : 0);
  }

  /** Returns a value filled up to the width of the column. */
  String format(double value) {
    if (!Double.isFinite(value)) {
      String text = nonFinite(value);
      return " ".repeat(whole + 1 + afterPoint() - text.length()) + text;
    }
    Decimal decimal = decimal(value, fraction);
    String begin = " ".repeat(whole - decimal.whole().length()) + decimal.whole() + ".";
    int missing = fraction - decimal.fraction().length();
    if (!scientific) {
      return begin + decimal.fraction() + " ".repeat(missing);
    }
    String power = decimal.exponent();
    String zeros = "0".repeat(exponent - power.length());
    return begin
        + decimal.fraction()
        + "0".repeat(missing)
        + "e"
        + power.charAt(0)
        + zeros
        + power.substring(1);
  }

  static String nonFinite(double value) {
    return Double.isNaN(value) ? "nan" : value > 0 ? "inf" : "-inf";
  }
}
