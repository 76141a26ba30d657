package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/**
 * A distance between dates. Days, months and years are those of the calendar: from 31 January to 28
 * February is one month.
 *
 * @param amount how many, at least 1
 * @param unit of what
 */
public record Step(long amount, ChronoUnit unit) {
  /** Checks that the amount is positive. */
  public Step {
    checkArgument(amount > 0, "a step of %s %s must be positive", amount, unit);
  }

  /** Returns whether it is further than this step from one date to another. */
  boolean isExceeded(LocalDateTime from, LocalDateTime to) {
    return switch (unit) {
      case YEARS, MONTHS, DAYS -> count(unit, to) - count(unit, from) > amount;
      default -> Duration.between(from, to).compareTo(unit.getDuration().multipliedBy(amount)) > 0;
    };
  }

  /** Returns the number of whole calendar units before a date. */
  static long count(ChronoUnit unit, LocalDateTime date) {
    return switch (unit) {
      case YEARS -> date.getYear();
      case MONTHS -> date.getYear() * 12L + date.getMonthValue();
      case DAYS -> date.toLocalDate().toEpochDay();
      default ->
          Duration.between(LocalDateTime.of(1970, 1, 1, 0, 0), date).dividedBy(unit.getDuration());
    };
  }

  /** Returns so many milliseconds in the largest unit that needs no fraction. */
  static Step ofMillis(long millis) {
    for (ChronoUnit unit : List.of(ChronoUnit.HOURS, ChronoUnit.MINUTES, ChronoUnit.SECONDS)) {
      long size = unit.getDuration().toMillis();
      if (millis % size == 0) {
        return new Step(millis / size, unit);
      }
    }
    return new Step(millis, ChronoUnit.MILLIS);
  }

  /** Returns {@code 1 day} or {@code 3 months}. */
  @Override
  public String toString() {
    String plural = unit.toString().toLowerCase(Locale.ROOT);
    return amount + " " + (amount == 1 ? plural.substring(0, plural.length() - 1) : plural);
  }
}
