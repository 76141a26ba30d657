package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;

/**
 * How far dates are apart: so many seconds, days, working days, or months. Days and months are
 * those of the calendar, and a month may say which of its days is meant: the month after 28
 * February is 31 March where the last day is.
 *
 * <p>{@code Spacing spacing = table.dates("date").spacing();}
 */
public sealed interface Spacing permits ExactSpacing, DaySpacing, MonthSpacing {
  /**
   * Returns a spacing of so many units.
   *
   * @throws IllegalArgumentException for an amount below 1, or a unit without a length
   */
  static Spacing of(long amount, ChronoUnit unit) {
    checkArgument(amount > 0, "a spacing of %s %s must be positive", amount, unit);
    return switch (unit) {
      case DAYS -> DaySpacing.every(amount);
      case WEEKS -> DaySpacing.every(Math.multiplyExact(amount, 7));
      case MONTHS -> new MonthSpacing(amount, MonthDay.SAME);
      case YEARS, DECADES, CENTURIES, MILLENNIA ->
          new MonthSpacing(
              Math.multiplyExact(
                  amount, unit.getDuration().dividedBy(ChronoUnit.YEARS.getDuration()) * 12),
              MonthDay.SAME);
      case ERAS, FOREVER ->
          throw new IllegalArgumentException("a spacing of " + unit + " has no length");
      default -> new ExactSpacing(unit.getDuration().multipliedBy(amount));
    };
  }

  /**
   * Reads what {@link #toString} wrote.
   *
   * @throws IllegalArgumentException for anything else
   */
  static Spacing parse(String text) {
    return SpacingText.parse(text);
  }

  /** Returns the unit that tells such dates apart: years, months, days, or less. */
  ChronoUnit unit();

  /** Returns this spacing so many times. */
  Spacing times(int factor);

  /**
   * Returns the date so many spacings after another. Where that one is not on its place, as on the
   * 15th where the last day of the month is, the same day of the month follows.
   */
  LocalDateTime after(LocalDateTime date, long spacings);

  /** Compares the distance of two dates with this spacing: below 0, 0, or above 0. */
  int compare(LocalDateTime from, LocalDateTime to);

  /** Returns whether moments are compared, and not the days of their calendars. */
  default boolean isExact() {
    return this instanceof ExactSpacing;
  }

  /** Returns how much there is to a length of time: its largest unit that needs no fraction. */
  static ChronoUnit unitOf(Duration length) {
    for (ChronoUnit unit :
        new ChronoUnit[] {
          ChronoUnit.HOURS,
          ChronoUnit.MINUTES,
          ChronoUnit.SECONDS,
          ChronoUnit.MILLIS,
          ChronoUnit.MICROS
        }) {
      if (length.toNanos() % unit.getDuration().toNanos() == 0) {
        return unit;
      }
    }
    return ChronoUnit.NANOS;
  }

  /** Returns {@code 30 seconds}, {@code 1 working day} or {@code 1 month (last day)}. */
  @Override
  String toString();
}
