package dev.rnn4j.examples.forecast.prepare;

import dev.rnn4j.examples.forecast.task.Target;
import dev.rnn4j.examples.forecast.task.Task;
import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;

/**
 * The way from a table to what a network reads, and from what it says to a forecast.
 *
 * @param task what is forecast
 * @param scaler of the numbers that are read, and of the changes
 */
public record Scaling(Task task, StandardScaler scaler) {
  /** Fits the scaler on some rows. */
  public static Scaling fit(Task task, Table prepared, Rows rows) {
    String[] columns = task.scaledColumns().toArray(String[]::new);
    return new Scaling(task, StandardScaler.fit(prepared.slice(rows), columns));
  }

  /** Returns a prepared table with scaled columns. */
  public Table apply(Table prepared) {
    return scaler.transform(prepared);
  }

  /**
   * Returns values of the targets: the last one in each window, and the change.
   *
   * @param prepared not scaled
   * @param windows over the scaled table
   * @param scaledChanges one for each output and window: {@code [K·H][N]}
   */
  public double[][] values(Table prepared, Windows windows, double[][] scaledChanges) {
    double[][] values = new double[scaledChanges.length][];
    for (int output = 0; output < values.length; output++) {
      Target target = task.target(output);
      double[] levels = prepared.column(task.level(target));
      double[] changes = scaler.inverse(task.changes().get(output), scaledChanges[output].clone());
      values[output] = new double[windows.size()];
      for (int window = 0; window < changes.length; window++) {
        double last = levels[windows.inputRows(window)[task.window() - 1]];
        values[output][window] = target.transform().inverse(last + changes[window]);
      }
    }
    return values;
  }
}
