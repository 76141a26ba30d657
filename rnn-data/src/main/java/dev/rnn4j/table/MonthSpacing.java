package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;

/**
 * So many months of the calendar.
 *
 * @param amount how many, at least 1
 * @param day which day of the month
 */
record MonthSpacing(long amount, MonthDay day) implements Spacing {
  private static final int YEAR = 12;
  private static final int QUARTER = 3;

  MonthSpacing {
    checkArgument(amount > 0, "a spacing of %s months", amount);
  }

  /** Returns the number of months before a date. */
  static long count(LocalDateTime date) {
    return date.getYear() * (long) YEAR + date.getMonthValue() - 1;
  }

  @Override
  public ChronoUnit unit() {
    return amount % YEAR == 0 ? ChronoUnit.YEARS : ChronoUnit.MONTHS;
  }

  @Override
  public Spacing times(int factor) {
    return new MonthSpacing(Math.multiplyExact(amount, (long) factor), day);
  }

  @Override
  public LocalDateTime after(LocalDateTime date, long spacings) {
    LocalDate from = date.toLocalDate();
    YearMonth month = YearMonth.from(from).plusMonths(Math.multiplyExact(amount, spacings));
    MonthDay kept = day.is(from) ? day : MonthDay.SAME;
    return kept.in(month, from.getDayOfMonth()).atTime(date.toLocalTime());
  }

  @Override
  public int compare(LocalDateTime from, LocalDateTime to) {
    return Long.compare(count(to) - count(from), amount);
  }

  @Override
  public String toString() {
    String months =
        amount % YEAR == 0
            ? SpacingText.of(amount / YEAR, "year")
            : amount == QUARTER ? SpacingText.of(1, "quarter") : SpacingText.of(amount, "month");
    return day == MonthDay.SAME ? months : months + " (" + day + ")";
  }
}
