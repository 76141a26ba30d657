package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;

import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.util.Locale;

/** Numbers as people read them, the same in every locale: {@code 36,460}, and not 3.646e+04. */
public final class Readable {
  private static final double SMALL = 1e-4;
  private static final double LARGE = 1e15;

  private Readable() {}

  /**
   * Returns a number rounded to so many significant digits, with commas between thousands. Only
   * what is nearer to 0 than 0.0001, or 10¹⁵ or more, has an exponent.
   */
  public static String of(double value, int digits) {
    checkArgument(digits > 0, "a number cannot have %s significant digits", digits);
    double size = Math.abs(value);
    if (!Double.isFinite(value)) {
      return Double.toString(value);
    }
    if (size != 0 && (size < SMALL || size >= LARGE)) {
      return String.format(Locale.ROOT, "%." + (digits - 1) + "e", value);
    }
    BigDecimal rounded =
        BigDecimal.valueOf(value).round(new MathContext(digits, RoundingMode.HALF_UP));
    int whole = size == 0 ? 1 : rounded.precision() - rounded.scale();
    return String.format(Locale.ROOT, "%,." + Math.max(0, digits - whole) + "f", rounded);
  }
}
