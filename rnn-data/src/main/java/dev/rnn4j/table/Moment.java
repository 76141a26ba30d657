package dev.rnn4j.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.util.Optional;

/**
 * One date as it was given.
 *
 * @param kind what it says
 * @param local its first moment, as calendar and clock show it
 * @param offset from UTC, null where it has none
 * @param precision the smallest unit that it says, where it has a time: minutes or less
 */
record Moment(Kind kind, LocalDateTime local, ZoneOffset offset, ChronoUnit precision) {
  /** The hour that ends a day, where its minutes are 0. */
  static final int END_OF_DAY = 24;

  /** What a date says, from the coarsest to the finest. */
  enum Kind {
    YEAR,
    QUARTER,
    MONTH,
    /** The Monday of a week. */
    WEEK,
    DAY,
    /** A day with a time. */
    TIME,
    /** A day with a time and its offset from UTC. */
    OFFSET_TIME
  }

  /** Returns whether it names a day. */
  boolean hasDay() {
    return kind.compareTo(Kind.DAY) >= 0;
  }

  static Moment ofDay(Kind kind, LocalDate day) {
    return new Moment(kind, day.atStartOfDay(), null, ChronoUnit.DAYS);
  }

  static Moment ofTime(LocalDateTime local, ZoneOffset offset) {
    return new Moment(
        offset == null ? Kind.TIME : Kind.OFFSET_TIME, local, offset, precision(local));
  }

  /** Returns the date of a class of {@code java.time}, none for one that is no date. */
  static Optional<Moment> of(Temporal date) {
    if (date instanceof Year year) {
      return Optional.of(ofDay(Kind.YEAR, year.atDay(1)));
    }
    if (date instanceof YearMonth month) {
      return Optional.of(ofDay(Kind.MONTH, month.atDay(1)));
    }
    if (date instanceof LocalDate day) {
      return Optional.of(ofDay(Kind.DAY, day));
    }
    if (date instanceof LocalDateTime time) {
      return Optional.of(ofTime(time, null));
    }
    if (date instanceof OffsetDateTime time) {
      return Optional.of(ofTime(time.toLocalDateTime(), time.getOffset()));
    }
    if (date instanceof ZonedDateTime time) {
      return Optional.of(ofTime(time.toLocalDateTime(), time.getOffset()));
    }
    if (date instanceof Instant instant) {
      LocalDateTime utc = LocalDateTime.ofInstant(instant, ZoneOffset.UTC);
      return Optional.of(ofTime(utc, ZoneOffset.UTC));
    }
    return Optional.empty();
  }

  private static ChronoUnit precision(LocalDateTime local) {
    if (local.getNano() != 0) {
      return local.getNano() % 1_000_000 == 0
          ? ChronoUnit.MILLIS
          : local.getNano() % 1000 == 0 ? ChronoUnit.MICROS : ChronoUnit.NANOS;
    }
    return local.getSecond() == 0 ? ChronoUnit.MINUTES : ChronoUnit.SECONDS;
  }
}
