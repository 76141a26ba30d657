package dev.rnn4j.table;

import java.time.DayOfWeek;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.Year;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.temporal.ChronoUnit;
import java.time.temporal.IsoFields;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Many dates of one kind, in a few bytes each.
 *
 * @param kind what they say
 * @param seconds from 1970 to the first moment of each, as its calendar and clock show it
 * @param nanos of the second, null where all are 0
 * @param offsets from UTC in seconds, null where they have none
 * @param precision the smallest unit that one of them says
 */
record Moments(Moment.Kind kind, long[] seconds, int[] nanos, int[] offsets, ChronoUnit precision) {
  private static final DateTimeFormatter QUARTER =
      DateTimeFormatter.ofPattern("uuuu-'Q'Q", Locale.ROOT);
  private static final DateTimeFormatter MONTH =
      DateTimeFormatter.ofPattern("uuuu-MM", Locale.ROOT);
  private static final DateTimeFormatter WEEK =
      new DateTimeFormatterBuilder()
          .appendValue(IsoFields.WEEK_BASED_YEAR, 4)
          .appendLiteral("-W")
          .appendValue(IsoFields.WEEK_OF_WEEK_BASED_YEAR, 2)
          .toFormatter(Locale.ROOT);
  private static final DateTimeFormatter MINUTES =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm", Locale.ROOT);
  private static final DateTimeFormatter SECONDS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss", Locale.ROOT);
  private static final DateTimeFormatter MILLIS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSS", Locale.ROOT);
  private static final DateTimeFormatter MICROS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSS", Locale.ROOT);
  private static final DateTimeFormatter NANOS =
      DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss.SSSSSSSSS", Locale.ROOT);

  int size() {
    return seconds.length;
  }

  LocalDateTime local(int row) {
    return LocalDateTime.ofEpochSecond(seconds[row], nano(row), ZoneOffset.UTC);
  }

  LocalTime timeOfDay(int row) {
    return local(row).toLocalTime();
  }

  private int nano(int row) {
    return nanos == null ? 0 : nanos[row];
  }

  Optional<ZoneOffset> offset(int row) {
    return offsets == null
        ? Optional.empty()
        : Optional.of(ZoneOffset.ofTotalSeconds(offsets[row]));
  }

  private long instant(int row) {
    return seconds[row] - (offsets == null ? 0 : offsets[row]);
  }

  /** Compares the moments of two rows. */
  int compare(int first, int second) {
    int order = Long.compare(instant(first), instant(second));
    return order == 0 ? Integer.compare(nano(first), nano(second)) : order;
  }

  Moments pick(int[] rows) {
    return new Moments(
        kind,
        IntStream.of(rows).mapToLong(row -> seconds[row]).toArray(),
        pick(nanos, rows),
        pick(offsets, rows),
        precision);
  }

  private static int[] pick(int[] values, int[] rows) {
    return values == null ? null : IntStream.of(rows).map(row -> values[row]).toArray();
  }

  /** Returns a date in the form of these, as precise as they are, and as a spacing is. */
  String text(LocalDateTime date, Optional<ZoneOffset> offset, Optional<Spacing> spacing) {
    return switch (kind) {
      case YEAR -> Year.from(date).toString();
      case QUARTER -> (isFirstOfQuarter(date) ? QUARTER : MONTH).format(date);
      case MONTH -> MONTH.format(date);
      case WEEK, DAY -> exact(spacing).isEmpty() ? day(date) : time(date, spacing);
      default -> time(date, spacing) + offset.map(ZoneOffset::getId).orElse("");
    };
  }

  /** What is a month or a day after one may be no quarter or week, and is written as it is. */
  private static boolean isFirstOfQuarter(LocalDateTime date) {
    return date.getMonth() == date.getMonth().firstMonthOfQuarter();
  }

  private String day(LocalDateTime date) {
    boolean week = kind == Moment.Kind.WEEK && date.getDayOfWeek() == DayOfWeek.MONDAY;
    return week ? WEEK.format(date) : date.toLocalDate().toString();
  }

  private static Optional<Spacing> exact(Optional<Spacing> spacing) {
    return spacing.filter(Spacing::isExact);
  }

  private String time(LocalDateTime date, Optional<Spacing> spacing) {
    ChronoUnit step = exact(spacing).map(Spacing::unit).orElse(ChronoUnit.DAYS);
    ChronoUnit finest = step.compareTo(precision) < 0 ? step : precision;
    return switch (finest) {
      case NANOS -> NANOS.format(date);
      case MICROS -> MICROS.format(date);
      case MILLIS -> MILLIS.format(date);
      case SECONDS -> SECONDS.format(date);
      default -> MINUTES.format(date);
    };
  }

  /** Collects dates of one kind. */
  static final class Builder {
    private final long[] seconds;
    private final int[] nanos;
    private final int[] offsets;
    private Moment.Kind kind;
    private ChronoUnit precision = ChronoUnit.DAYS;
    private int size;

    Builder(int rows) {
      seconds = new long[rows];
      nanos = new int[rows];
      offsets = new int[rows];
    }

    /** Adds a date; returns false for one of another kind than the first. */
    boolean add(Moment moment) {
      if (kind == null) {
        kind = moment.kind();
      }
      if (moment.kind() != kind) {
        return false;
      }
      seconds[size] = moment.local().toEpochSecond(ZoneOffset.UTC);
      nanos[size] = moment.local().getNano();
      offsets[size] = moment.offset() == null ? 0 : moment.offset().getTotalSeconds();
      if (moment.precision().compareTo(precision) < 0) {
        precision = moment.precision();
      }
      size++;
      return true;
    }

    Moments build() {
      boolean whole = IntStream.of(nanos).allMatch(nano -> nano == 0);
      return new Moments(
          kind == null ? Moment.Kind.DAY : kind,
          seconds,
          whole ? null : nanos,
          kind == Moment.Kind.OFFSET_TIME ? offsets : null,
          precision);
    }
  }
}
