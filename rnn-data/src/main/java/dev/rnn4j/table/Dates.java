package dev.rnn4j.table;

import com.google.common.collect.HashMultiset;
import com.google.common.collect.Multiset;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.Year;
import java.time.YearMonth;
import java.time.temporal.ChronoUnit;
import java.time.temporal.Temporal;
import java.time.temporal.TemporalAdjusters;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * The dates of a table's rows: years, months, days, or days with a time, as they were given. A year
 * or month stands for its first day, a day for its first moment.
 */
public final class Dates {
  private final Temporal[] values;
  private final String name;
  private final Origin origin;

  Dates(Temporal[] values, String name, Origin origin) {
    this.values = values;
    this.name = name;
    this.origin = origin;
  }

  /**
   * Returns dates: all {@link Year}, {@link YearMonth}, {@link LocalDate} or {@link LocalDateTime}.
   *
   * @throws DataException for another class, or a mixture
   */
  public static Dates of(List<? extends Temporal> dates) {
    for (int row = 0; row < dates.size(); row++) {
      Class<?> kind = dates.get(row).getClass();
      if (!KINDS.contains(kind) || kind != dates.get(0).getClass()) {
        throw new DataException(
            "row "
                + row
                + ": "
                + kind.getSimpleName()
                + " does not fit; give all dates as Year, YearMonth, LocalDate or LocalDateTime");
      }
    }
    Temporal[] values = dates.toArray(Temporal[]::new);
    return new Dates(values, "dates", Origin.ofRows("the table", values.length));
  }

  private static final List<Class<?>> KINDS =
      List.of(Year.class, YearMonth.class, LocalDate.class, LocalDateTime.class);

  Dates at(String column, Origin place) {
    return new Dates(values, column, place);
  }

  Dates pick(int[] rows) {
    Temporal[] picked = Arrays.stream(rows).mapToObj(row -> values[row]).toArray(Temporal[]::new);
    return new Dates(picked, name, origin.pick(rows));
  }

  /** Returns the number of rows. */
  public int size() {
    return values.length;
  }

  /** Returns the first moment of a row's date. */
  public LocalDateTime get(int row) {
    return start(values[row]);
  }

  /** Returns a row's date as it is written: 1700, 1949-01, 2012-01-31, 2012-01-31T18:00. */
  public String text(int row) {
    return values[row].toString();
  }

  /** Returns whether the dates are days or times, so that there is a day of the year. */
  boolean haveDays() {
    return values.length == 0 || kind() == LocalDate.class || kind() == LocalDateTime.class;
  }

  /** Returns whether the dates are at least months. */
  boolean haveMonths() {
    return values.length == 0 || kind() != Year.class;
  }

  private Class<?> kind() {
    return values[0].getClass();
  }

  private static LocalDateTime start(Temporal value) {
    if (value instanceof LocalDateTime moment) {
      return moment;
    }
    LocalDate day =
        value instanceof LocalDate date
            ? date
            : value instanceof YearMonth month ? month.atDay(1) : ((Year) value).atDay(1);
    return day.atStartOfDay();
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
      int order = get(before).compareTo(get(row));
      if (order >= 0) {
        String here = origin.cell(row, name) + ": the date " + text(row);
        String there = origin.row(before);
        throw new DataException(
            order == 0
                ? here + " is in " + there + " too; keep one row for each date"
                : here
                    + " is earlier than "
                    + text(before)
                    + " in "
                    + there
                    + "; sort the rows by date");
      }
    }
  }

  /** Returns the step from row to row that is most frequent, the smallest of equally frequent. */
  public Step step() {
    return step(List.of(all()));
  }

  /**
   * Returns the most frequent step from row to row inside the given series, the smallest of equally
   * frequent. Its unit is the largest that tells the dates apart: dates that are all the first (or
   * the last) of a month are months apart, however many days these have.
   */
  Step step(List<int[]> series) {
    ChronoUnit unit = unit();
    Multiset<Long> steps = HashMultiset.create();
    for (int[] rows : series) {
      for (int i = 1; i < rows.length; i++) {
        long step = Step.count(unit, get(rows[i])) - Step.count(unit, get(rows[i - 1]));
        if (step > 0) {
          steps.add(step);
        }
      }
    }
    long usual =
        steps.entrySet().stream()
            .min(
                Comparator.<Multiset.Entry<Long>>comparingInt(entry -> -entry.getCount())
                    .thenComparing(Multiset.Entry::getElement))
            .map(Multiset.Entry::getElement)
            .orElse(1L);
    return unit == ChronoUnit.MILLIS ? Step.ofMillis(usual) : new Step(usual, unit);
  }

  /** Returns whether a row is further than a step behind another. */
  boolean isGap(int before, int row, Step step) {
    return step.isExceeded(get(before), get(row));
  }

  private ChronoUnit unit() {
    if (!same(LocalDateTime::toLocalTime)) {
      return ChronoUnit.MILLIS;
    }
    boolean monthly = same(LocalDateTime::getDayOfMonth) || allMatchMonthEnd();
    if (!monthly) {
      return ChronoUnit.DAYS;
    }
    return same(LocalDateTime::getMonth) ? ChronoUnit.YEARS : ChronoUnit.MONTHS;
  }

  private boolean same(Function<LocalDateTime, Object> part) {
    return IntStream.range(0, size()).mapToObj(row -> part.apply(get(row))).distinct().count() <= 1;
  }

  private boolean allMatchMonthEnd() {
    return IntStream.range(0, size())
        .mapToObj(this::get)
        .allMatch(date -> date.equals(date.with(TemporalAdjusters.lastDayOfMonth())));
  }

  /**
   * Returns the first row whose date is not before {@code date}, the number of rows if all are.
   *
   * @throws DataException where the dates do not ascend; equal ones are allowed
   */
  public int firstRowFrom(LocalDate date) {
    int found = size();
    for (int row = size() - 1; row >= 0; row--) {
      if (row > 0 && get(row).isBefore(get(row - 1))) {
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
        .sorted(Comparator.comparing(this::get))
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private int[] all() {
    return IntStream.range(0, size()).toArray();
  }
}
