package dev.rnn4j.examples.forecast;

import dev.rnn4j.split.Split;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * A table cut into windows for a task. The first 70 % of the rows train, the next 10 % decide, the
 * last 20 % are unseen; a window belongs to the part in which its target is, and nothing of later
 * rows is in what earlier ones are scaled by.
 *
 * @param table with the columns that the task adds, not scaled
 * @param scaling fitted on the training part
 * @param windows all windows
 * @param train those that lie in the training part
 * @param validation those to choose by
 * @param test those to look at once
 * @param period the season of the target in the rows that train and decide, if there is one
 */
record Dataset(
    Table table,
    Scaling scaling,
    Windows windows,
    Windows train,
    Windows validation,
    Windows test,
    Optional<Integer> period) {
  private static final double TRAIN = 0.7;
  private static final double VALIDATION = 0.1;
  private static final double NEAR = 0.03;

  static Dataset of(Task task, Table table) {
    Table prepared = task.prepare(table);
    Split split = Split.byFraction(table.rows(), TRAIN, VALIDATION);
    Scaling scaling = Scaling.fit(task, prepared, split.train());
    Windows windows = task.windows().over(scaling.apply(prepared));
    try {
      return new Dataset(
          prepared,
          scaling,
          windows,
          windows.within(split.train()),
          windows.withTargetsWithin(whole(split.validation(), task.horizon())),
          windows.withTargetsWithin(whole(split.test(), task.horizon())),
          period(task, prepared, split.test().from()));
    } catch (DataException e) {
      throw new DataException(
          e.getMessage() + " (of all rows, 70 % train, 10 % decide, and 20 % are unseen)", e);
    }
  }

  /** Of several targets in a row, the first one is in the part too. */
  static Rows whole(Rows part, int horizon) {
    return new Rows(Math.min(part.to(), part.from() + horizon - 1), part.to());
  }

  /** Returns the row so many rows after the last one of each window. */
  int[] rowsAfter(Windows some, int ahead) {
    int last = scaling.task().window() - 1;
    return IntStream.range(0, some.size())
        .map(window -> some.inputRows(window)[last] + ahead)
        .toArray();
  }

  /** Returns the target's values so many rows after each window. */
  double[] actual(Windows some, int ahead) {
    double[] values = table.column(scaling.task().target());
    return IntStream.of(rowsAfter(some, ahead)).mapToDouble(row -> values[row]).toArray();
  }

  /** A period near a day, a week or a year is that. */
  static Optional<Integer> period(Task task, Table table, int rows) {
    double[] known = Arrays.copyOf(table.column(task.target()), rows);
    return Period.of(known)
        .map(
            found ->
                task.calendar().stream()
                    .flatMap(calendar -> calendar.cycles(table).stream())
                    .filter(cycle -> Math.abs(cycle - found) <= NEAR * cycle)
                    .findFirst()
                    .orElse(found));
  }

  /** Returns the intervals of a method by how many rows ahead it looks. */
  List<Interval> intervals(Baselines.Method method) {
    double[][] training = method.forecast(train);
    double[][] deciding = method.forecast(validation);
    return IntStream.range(0, training.length)
        .mapToObj(
            ahead ->
                Interval.fit(
                    new Interval.Past(training[ahead], actual(train, ahead + 1)),
                    new Interval.Past(deciding[ahead], actual(validation, ahead + 1))))
        .toList();
  }

  /**
   * Returns the mean absolute error of the naive forecast, the value a season or a row before, on
   * the rows that train.
   */
  double naiveError() {
    double[] values = table.column(scaling.task().target());
    int lag = period.orElse(1);
    return IntStream.range(lag, trainingRows(table).to())
        .mapToDouble(row -> Math.abs(values[row] - values[row - lag]))
        .filter(error -> !Double.isNaN(error))
        .average()
        .orElse(Double.NaN);
  }

  /**
   * Checks that a table is long enough for one window.
   *
   * @throws DataException where it is not
   */
  static void requireEnough(Table table, int window, int horizon) {
    long needed = (long) window + horizon;
    if (table.rows() < needed) {
      throw new DataException(
          String.format(
              Locale.ROOT,
              "%s has %d rows, and a window of %d with its target %d later needs %d; take a smaller"
                  + " --window or --horizon, or more rows",
              table.source(),
              table.rows(),
              window,
              horizon,
              needed));
    }
  }

  /** Returns the rows of a table that train or decide: all choices are made by them. */
  static Rows knownRows(Table table) {
    return new Rows(0, Split.byFraction(table.rows(), TRAIN, VALIDATION).test().from());
  }

  /** Returns the rows of a table that train: the only ones to look at before there is a model. */
  static Rows trainingRows(Table table) {
    return Split.byFraction(table.rows(), TRAIN, VALIDATION).train();
  }
}
