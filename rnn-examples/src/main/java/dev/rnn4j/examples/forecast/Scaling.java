package dev.rnn4j.examples.forecast;

import dev.rnn4j.scale.StandardScaler;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;

/**
 * The way from a table to what a network reads, and from what it says to a forecast.
 *
 * @param task what is forecast
 * @param scaler of the features and of the changes
 */
record Scaling(Task task, StandardScaler scaler) {
  /** Fits the scaler on some rows. */
  static Scaling fit(Task task, Table prepared, Rows rows) {
    String[] columns = task.scaledColumns().toArray(String[]::new);
    return new Scaling(task, StandardScaler.fit(prepared.slice(rows), columns));
  }

  /** Returns a prepared table with scaled columns. */
  Table apply(Table prepared) {
    return scaler.transform(prepared);
  }

  /**
   * Returns forecasts of the target: its last value in each window, and the change.
   *
   * @param table not scaled
   * @param windows over the scaled table
   * @param scaledChanges by the number of rows ahead, one for each window: {@code [H][N]}
   */
  double[][] forecasts(Table table, Windows windows, double[][] scaledChanges) {
    double[][] forecasts = new double[scaledChanges.length][];
    for (int ahead = 0; ahead < forecasts.length; ahead++) {
      forecasts[ahead] = lastLevels(table, windows);
      double[] changes = scaler.inverse(task.changes().get(ahead), scaledChanges[ahead]);
      for (int window = 0; window < changes.length; window++) {
        forecasts[ahead][window] =
            task.transform().inverse(forecasts[ahead][window] + changes[window]);
      }
    }
    return forecasts;
  }

  /** Returns the transformed target in the last row of each window. */
  private double[] lastLevels(Table table, Windows windows) {
    double[] values = table.column(task.level());
    double[] last = new double[windows.size()];
    for (int window = 0; window < last.length; window++) {
      last[window] = values[windows.inputRows(window)[task.window() - 1]];
    }
    return last;
  }
}
