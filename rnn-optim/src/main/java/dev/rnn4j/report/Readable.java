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

  /** Such a share of a number is rounding. */
  private static final double NOTHING = 1e-12;

  private static final int MOST_DIGITS = 12;
  private static final double HUNDRED = 100;

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
    return text(rounded, Math.max(0, digits - whole));
  }

  /**
   * Returns a number rounded to where an error has its second significant digit, or its third from
   * 100 on, with commas between thousands: {@code 1,000,005.67} where the error is 0.19, {@code
   * 438} where it is 110, and {@code 36,460} where it is 1,200. So numbers with one error have
   * their digits up to the same place, and keep their order. Where the error is 0, or below the
   * last digits that a number has, the number has all its digits.
   *
   * @param error 0 or more
   */
  public static String within(double value, double error) {
    if (!Double.isFinite(value) || !Double.isFinite(error)) {
      return of(value, 4);
    }
    double size = Math.max(Math.abs(value), error);
    if (error <= size * NOTHING) {
      return all(value);
    }
    int last = power(error) - (error < HUNDRED ? 1 : 2);
    if (size < SMALL || size >= LARGE) {
      return of(value, Math.max(1, power(size) - last + 1));
    }
    BigDecimal rounded = BigDecimal.valueOf(value).setScale(-last, RoundingMode.HALF_UP);
    return text(rounded, Math.max(0, -last));
  }

  /** Returns a number without the zeros at its end. */
  private static String all(double value) {
    double size = Math.abs(value);
    BigDecimal rounded =
        BigDecimal.valueOf(value)
            .round(new MathContext(MOST_DIGITS, RoundingMode.HALF_UP))
            .stripTrailingZeros();
    return size != 0 && (size < SMALL || size >= LARGE)
        ? of(value, rounded.precision())
        : text(rounded, size == 0 ? 0 : Math.max(0, rounded.scale()));
  }

  private static String text(BigDecimal value, int decimals) {
    return String.format(Locale.ROOT, "%,." + decimals + "f", value);
  }

  /** Returns the power of 10 of a number's first digit. */
  private static int power(double number) {
    BigDecimal exact = BigDecimal.valueOf(number);
    return exact.precision() - exact.scale() - 1;
  }
}
