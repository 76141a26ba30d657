package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Fills missing values of a column from its neighbours. A gap is a run of rows without a value; one
 * that is too long, or has no neighbour to fill from, is left as it is.
 *
 * <p>{@code GapFill.linear().upTo(3).fill(table, "rain")}
 */
public final class GapFill {
  private interface Rule {
    /**
     * Returns the value at {@code share} (0 … 1) of the way from {@code before} to {@code after}.
     */
    double value(double before, double after, double share);
  }

  private final Rule rule;
  private final int longest;
  private final Optional<String> dates;
  private final Optional<String> series;

  private GapFill(Rule rule, int longest, Optional<String> dates, Optional<String> series) {
    this.rule = rule;
    this.longest = longest;
    this.dates = dates;
    this.series = series;
  }

  private static GapFill of(Rule rule) {
    return new GapFill(rule, Integer.MAX_VALUE, Optional.empty(), Optional.empty());
  }

  /** Repeats the last value before the gap: what a forecast in real time can do. */
  public static GapFill previous() {
    return of((before, after, share) -> before);
  }

  /**
   * Draws a straight line from the last value before the gap to the first after it. It looks ahead:
   * a window that ends inside a gap contains a share of the next value.
   */
  public static GapFill linear() {
    return of((before, after, share) -> before + share * (after - before));
  }

  /** Returns this rule for gaps of at most so many rows. */
  public GapFill upTo(int rows) {
    checkArgument(rows > 0, "a longest gap of %s rows fills nothing; it must be at least 1", rows);
    return new GapFill(rule, rows, dates, series);
  }

  /** Returns this rule, not filling from a row before or after a gap between a column's dates. */
  public GapFill dates(String column) {
    checkNotNull(column, "a filling of gaps was given null as its column of dates");
    return new GapFill(rule, longest, Optional.of(column), series);
  }

  /** Returns this rule, filling only from rows of the same series, which a column names. */
  public GapFill series(String column) {
    checkNotNull(column, "a filling of gaps was given null as its column of series");
    return new GapFill(rule, longest, dates, Optional.of(column));
  }

  /**
   * Returns a table with the gaps of some columns filled.
   *
   * @throws DataException where there is no such column, a cell is not a number, or the dates of a
   *     series do not ascend
   */
  public Table fill(Table table, String... columns) {
    Runs runs = Runs.of(table, dates, series, Optional.empty());
    Table filled = table;
    for (String column : columns) {
      filled = filled.with(column, fill(table.column(column), runs));
    }
    return filled;
  }

  private double[] fill(double[] values, Runs runs) {
    for (Runs.Run run : runs.all()) {
      int[] rows = run.rows();
      double[] filled = fill(IntStream.of(rows).mapToDouble(row -> values[row]).toArray());
      for (int i = 0; i < rows.length; i++) {
        values[rows[i]] = filled[i];
      }
    }
    return values;
  }

  /** Returns values with their gaps, runs of NaN, filled. */
  public double[] fill(double... values) {
    double[] filled = values.clone();
    int from = 0;
    while (from < values.length) {
      int to = from;
      while (to < values.length && Double.isNaN(values[to])) {
        to++;
      }
      fillGap(filled, from, to);
      from = to + 1;
    }
    return filled;
  }

  private void fillGap(double[] values, int from, int to) {
    if (from == 0 || to - from > longest) {
      return;
    }
    double before = values[from - 1];
    double after = to < values.length ? values[to] : Double.NaN;
    for (int row = from; row < to; row++) {
      values[row] = rule.value(before, after, (row - from + 1.0) / (to - from + 1));
    }
  }
}
