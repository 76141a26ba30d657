package dev.rnn4j.forecast.internal.task;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.table.CalendarFeature;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Runs;
import dev.rnn4j.table.Spacing;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windowing;
import java.time.LocalDateTime;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The dates of a table's rows.
 *
 * @param column the column that holds them, or the days where the times have their own
 * @param time the column of the time of day, where the dates have it apart
 * @param spacing how far it usually is from row to row
 * @param largest the largest number of such spacings from one row to the next that is no gap
 * @param seasons whose places are read
 */
public record Calendar(
    String column,
    Optional<String> time,
    Spacing spacing,
    int largest,
    List<CalendarFeature> seasons) {
  /** In so many years there is one more day. */
  private static final int LEAP = 4;

  private static final int HOURS = 24;
  private static final int MONTHS = 12;

  public Calendar {
    seasons = ImmutableList.copyOf(seasons);
  }

  /**
   * Returns the calendar of a table that {@link #read} returned.
   *
   * @throws dev.rnn4j.table.DataException where there is no such column
   */
  public static Calendar of(
      Table dated, String column, Optional<String> time, Optional<String> series, int largest) {
    Spacing spacing =
        Runs.of(dated, Optional.of(column), series, Optional.empty()).largestStep().orElseThrow();
    return new Calendar(column, time, spacing, largest, seasons(spacing));
  }

  /**
   * Returns a table with its dates read, in the column of the days. The rows of several series are
   * put in the order of their dates, and blanks around a name are no part of it.
   *
   * @throws dev.rnn4j.table.DataException where there is no such column, a cell is no date, or the
   *     dates of one series do not ascend
   */
  public static Table read(
      Table table, String column, Optional<String> time, Optional<String> series) {
    Dates dates =
        time.map(times -> table.dates(column, times)).orElseGet(() -> table.dates(column));
    if (series.isEmpty()) {
      return table.with(column, dates.requireAscending());
    }
    Table read = table.with(column, dates).strip(series.get());
    Runs.of(read, Optional.of(column), series, Optional.empty());
    return read.sortedBy(column);
  }

  /** Returns the columns that dates and times stand in. */
  public List<String> columns() {
    return time.map(times -> List.of(column, times)).orElseGet(() -> List.of(column));
  }

  /**
   * Returns this calendar without the seasons of which the rows of a dated table span too little:
   * what is learnt of a small part of the circle says nothing of what comes next.
   *
   * @param parts how many such spans make a whole circle at most: 1 or 4
   */
  public Calendar seenIn(Table dated, int parts) {
    Dates dates = dated.dates(column);
    LocalDateTime first = dates.get(0);
    LocalDateTime end = spacing.after(dates.get(dates.size() - 1), 1);
    boolean day = !end.isBefore(first.plusHours(HOURS / parts));
    boolean year = !end.isBefore(first.plusMonths(MONTHS / parts));
    List<CalendarFeature> seen =
        seasons.stream()
            .filter(season -> season == CalendarFeature.TIME_OF_DAY ? day : year)
            .toList();
    return new Calendar(column, time, spacing, largest, seen);
  }

  /** Returns the seasons that dates so far apart are fine enough for. */
  static List<CalendarFeature> seasons(Spacing spacing) {
    return switch (spacing.unit()) {
      case YEARS -> List.of();
      case MONTHS -> List.of(CalendarFeature.MONTH);
      case DAYS -> List.of(CalendarFeature.DAY_OF_YEAR);
      default -> List.of(CalendarFeature.DAY_OF_YEAR, CalendarFeature.TIME_OF_DAY);
    };
  }

  /** Returns how many rows a day, a week and a year have, where they have more than one. */
  public List<Integer> cycles(Table dated) {
    LocalDateTime first = dated.dates(column).get(0);
    int years = spacings(first, first.plusYears(LEAP));
    return Stream.of(
            spacings(first, first.plusDays(1)),
            spacings(first, first.plusWeeks(1)),
            Math.round((float) years / LEAP))
        .filter(rows -> rows > 1)
        .toList();
  }

  /** Returns how many spacings it is from one date to another, by bisection. */
  private int spacings(LocalDateTime from, LocalDateTime to) {
    int less = 0;
    int more = 1;
    while (spacing.after(from, more).isBefore(to)) {
      less = more;
      more = Math.multiplyExact(2, more);
    }
    while (more - less > 1) {
      int middle = less + (more - less) / 2;
      if (spacing.after(from, middle).isBefore(to)) {
        less = middle;
      } else {
        more = middle;
      }
    }
    return more;
  }

  /** Returns the largest step that is no gap. */
  public Spacing largestStep() {
    return spacing.times(largest);
  }

  /** Returns windows that cross no gap between the dates. */
  public Windowing cut(Windowing windows) {
    return windows.dates(column).largestStep(largestStep());
  }
}
