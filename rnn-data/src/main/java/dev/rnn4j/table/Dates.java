package dev.rnn4j.table;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.Temporal;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The dates of a table's rows: years, quarters, months, weeks, days, days with a time, or moments
 * with their offset from UTC, as they were given. A year, quarter, month or week stands for its
 * first day, a day for its first moment.
 */
public final class Dates {
  private final Moments moments;
  private final String name;
  private final Origin origin;

  Dates(Moments moments, String name, Origin origin) {
    this.moments = moments;
    this.name = name;
    this.origin = origin;
  }

  /**
   * Returns dates: all {@link Year}, {@link YearMonth}, {@link LocalDate}, {@link LocalDateTime},
   * or all with an offset, {@link OffsetDateTime}, {@link ZonedDateTime} and {@link Instant} (UTC).
   *
   * @throws DataException for another class, or a mixture
   */
  public static Dates of(List<? extends Temporal> dates) {
    Moments.Builder moments = new Moments.Builder(dates.size());
    for (int row = 0; row < dates.size(); row++) {
      Moment moment = Moment.of(dates.get(row)).orElse(null);
      if (moment == null || !moments.add(moment)) {
        throw new DataException(
            "row "
                + row
                + ": "
                + dates.get(row).getClass().getSimpleName()
                + " does not fit; give all dates as Year, YearMonth, LocalDate, LocalDateTime or"
                + " OffsetDateTime");
      }
    }
    return new Dates(moments.build(), "dates", Origin.ofRows("the table", dates.size()));
  }

  Dates at(String column, Origin place) {
    return new Dates(moments, column, place);
  }

  Dates pick(int[] rows) {
    return new Dates(moments.pick(rows), name, origin.pick(rows));
  }

  /** Returns the number of rows. */
  public int size() {
    return moments.size();
  }

  /** Returns the first moment of a row's date, as its calendar and clock show it. */
  public LocalDateTime get(int row) {
    return moments.local(row);
  }

  /** Returns the offset of a row's moment from UTC, if it has one. */
  public Optional<ZoneOffset> offset(int row) {
    return moments.offset(row);
  }

  /**
   * Returns the first moment of a row's date in UTC, as {@link #get} does where it has no offset.
   */
  LocalDateTime instant(int row) {
    return offset(row)
        .map(offset -> get(row).minusSeconds(offset.getTotalSeconds()))
        .orElse(get(row));
  }

  /**
   * Returns a row's date in ISO form, all as precise as the most precise one: 1700, 1949-Q1,
   * 1949-01, 2012-W05, 2012-01-31, 2012-01-31T18:00, 2012-01-31T18:00:30+01:00.
   */
  public String text(int row) {
    return moments.text(get(row), offset(row), Optional.empty());
  }

  /**
   * Returns the date so many spacings after a row's, in the form of {@link #text}, with the row's
   * offset, and as precise as the spacing.
   */
  public String textAfter(int row, Spacing spacing, int count) {
    return moments.text(spacing.after(get(row), count), offset(row), Optional.of(spacing));
  }

  /** Returns whether the date so many spacings after a row's is later than the last row's. */
  public boolean isAfterLast(int row, Spacing spacing, int count) {
    int last = size() - 1;
    LocalDateTime after = spacing.after(get(row), count);
    return offset(row)
        .map(offset -> after.minusSeconds(offset.getTotalSeconds()))
        .orElse(after)
        .isAfter(instant(last));
  }

  /** Returns whether the dates are days or times, so that there is a day of the year. */
  boolean haveDays() {
    return size() == 0 || moments.kind().compareTo(Moment.Kind.WEEK) >= 0;
  }

  /** Returns whether the dates are at least months. */
  boolean haveMonths() {
    return size() == 0 || moments.kind() != Moment.Kind.YEAR;
  }

  /** Returns whether the dates are quarters of years. */
  boolean areQuarters() {
    return size() > 0 && moments.kind() == Moment.Kind.QUARTER;
  }

  /** Returns whether the dates are weeks. */
  boolean areWeeks() {
    return size() > 0 && moments.kind() == Moment.Kind.WEEK;
  }

  /** Returns whether the dates are years without months. */
  public boolean areYears() {
    return !haveMonths();
  }

  /** Returns whether there is a time of day in the dates. */
  public boolean haveTimes() {
    return size() > 0 && moments.kind().compareTo(Moment.Kind.TIME) >= 0;
  }

  boolean haveOneTimeOfDay() {
    return IntStream.range(1, size())
        .allMatch(row -> moments.timeOfDay(row).equals(moments.timeOfDay(0)));
  }

  /**
   * Checks that every date is later than the one before.
   *
   * @return these dates
   * @throws DataException that names the two rows which are out of order or have the same date
   */
  public Dates requireAscending() {
    requireAscending(all());
    return this;
  }

  /**
   * Checks that the dates of some rows, in the order given, ascend.
   *
   * @throws DataException that names the two rows which are out of order or have the same date
   */
  void requireAscending(int[] rows) {
    for (int i = 1; i < rows.length; i++) {
      int before = rows[i - 1];
      int row = rows[i];
      int order = moments.compare(before, row);
      if (order >= 0) {
        String here = origin.cell(row, name) + ": the date " + text(row);
        String there = origin.row(before);
        String backwards =
            order == 0
                ? here + " is in " + there + " too; "
                : here + " is earlier than " + text(before) + " in " + there + "; ";
        throw new DataException(
            backwards
                + (moments.kind() == Moment.Kind.TIME && ClockChange.back(get(before), get(row))
                    ? ClockChange.BACK
                    : order == 0 ? "keep one row for each date" : "sort the rows by date"));
      }
    }
  }

  /**
   * Returns a sentence for each place where an hour is missing because clocks went forward, as far
   * as the hour and the date tell: times without offset whose spacing is an hour or less.
   */
  public List<String> clockChanges(Spacing spacing) {
    return IntStream.range(1, size())
        .mapToObj(row -> clockChange(row - 1, row, spacing))
        .flatMap(Optional::stream)
        .toList();
  }

  /** Returns such a sentence on the step from one row to another, if an hour is missing there. */
  public Optional<String> clockChange(int before, int row, Spacing spacing) {
    if (moments.kind() != Moment.Kind.TIME
        || !spacing.isExact()
        || !ClockChange.forward(get(before), get(row), spacing)) {
      return Optional.empty();
    }
    return Optional.of(
        origin.cell(row, name)
            + ": from "
            + text(before)
            + " to "
            + text(row)
            + " an hour is missing"
            + ClockChange.FORWARD);
  }

  /** Returns how far it usually is from row to row: the most frequent spacing. */
  public Spacing spacing() {
    return spacing(List.of(all()));
  }

  /** Returns the most frequent spacing from row to row inside the given series. */
  Spacing spacing(List<int[]> series) {
    return SpacingFinder.find(this, series);
  }

  /** Returns whether a row is further than a spacing behind another. */
  public boolean isGap(int before, int row, Spacing spacing) {
    return compare(before, row, spacing) > 0;
  }

  /**
   * Checks that no row is closer to the one before than a spacing.
   *
   * @param whose what has this spacing, for the message: {@code the model}
   * @throws DataException that names the first row that is
   */
  public void requireNotCloser(Spacing spacing, String whose) {
    for (int row = 1; row < size(); row++) {
      if (compare(row - 1, row, spacing) < 0) {
        throw new DataException(
            origin.cell(row, name)
                + ": the date "
                + text(row)
                + " is less than "
                + spacing
                + " after "
                + text(row - 1)
                + " in "
                + origin.row(row - 1)
                + ", and "
                + whose
                + " has rows "
                + spacing
                + " apart; give it rows as far apart");
      }
    }
  }

  private int compare(int before, int row, Spacing spacing) {
    return spacing.isExact()
        ? spacing.compare(instant(before), instant(row))
        : spacing.compare(get(before), get(row));
  }

  /**
   * Returns the first row whose date is not before {@code date}, the number of rows if all are.
   *
   * @throws DataException where the dates do not ascend; equal ones are allowed
   */
  public int firstRowFrom(LocalDate date) {
    int found = size();
    for (int row = size() - 1; row >= 0; row--) {
      if (row > 0 && moments.compare(row - 1, row) > 0) {
        requireAscending(new int[] {row - 1, row});
      }
      if (!get(row).toLocalDate().isBefore(date)) {
        found = row;
      }
    }
    return found;
  }

  /** Returns the rows in the order of their dates; rows of one date keep their order. */
  int[] order() {
    return IntStream.range(0, size())
        .boxed()
        .sorted(Comparator.comparing(this::instant))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] all() {
    return IntStream.range(0, size()).toArray();
  }
}
