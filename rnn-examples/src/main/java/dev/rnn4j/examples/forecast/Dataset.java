package dev.rnn4j.examples.forecast;

import dev.rnn4j.split.Split;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.Locale;

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
 */
record Dataset(
    Table table,
    Scaling scaling,
    Windows windows,
    Windows train,
    Windows validation,
    Windows test) {
  private static final double TRAIN = 0.7;
  private static final double VALIDATION = 0.1;

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
          windows.withTargetsWithin(split.validation()),
          windows.withTargetsWithin(split.test()));
    } catch (DataException e) {
      throw new DataException(
          e.getMessage() + " (of all rows, 70 % train, 10 % decide, and 20 % are unseen)", e);
    }
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

  /** Returns the rows of a table that train: the only ones to look at before there is a model. */
  static Rows trainingRows(Table table) {
    return Split.byFraction(table.rows(), TRAIN, VALIDATION).train();
  }
}
