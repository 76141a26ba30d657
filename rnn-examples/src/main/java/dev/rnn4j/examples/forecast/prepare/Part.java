package dev.rnn4j.examples.forecast.prepare;

import dev.rnn4j.forecast.internal.prepare.Preparation;
import dev.rnn4j.forecast.internal.prepare.Scaling;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.quantile.Past;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * A table cut in two at an origin: windows to learn from, and later ones to forecast. Nothing of
 * later rows is in what earlier ones are scaled by.
 *
 * @param table with the columns that the task adds, not scaled
 * @param rows those of the series
 * @param scaling fitted on the rows before the origin, and on the first window of each series that
 *     has none there
 * @param all all windows, those before the first and between as well
 * @param train those that lie before the origin; of several series, those of series that change
 * @param test those whose targets lie in the rows after it
 */
public record Part(
    Table table, SeriesRows rows, Scaling scaling, Windows all, Windows train, Windows test) {
  /** Of more series, the first ones are named. */
  private static final int NAMED = 5;

  /**
   * Cuts a table.
   *
   * @param table with its dates read
   * @throws dev.rnn4j.table.DataException where there are too few rows on either side
   */
  public static Part of(Task task, Table table, Rows learnt, Rows forecast) {
    Table prepared = Preparation.of(task, table);
    SeriesRows rows = SeriesRows.of(table, task.series());
    Scaling scaling = Scaling.fit(task, prepared, learnt).beginning(prepared);
    Table scaled = scaling.apply(prepared);
    Windows all = task.windows().over(scaled);
    // Of several targets in a row, the first one is in the part too.
    int from = forecast.from() + (task.horizon() - 1) * rows.count();
    return new Part(
        prepared,
        rows,
        scaling,
        all,
        learnt(all, scaling.learnable(scaled), scaled, task, learnt),
        all.withTargetsWithin(new Rows(Math.min(forecast.to(), from), forecast.to())));
  }

  /** Where all windows that something can be learnt from lack a value, the others are better. */
  private static Windows learnt(
      Windows all, Table learnable, Table scaled, Task task, Rows learnt) {
    if (learnable == scaled) {
      return all.within(learnt);
    }
    try {
      return task.windows().over(learnable).within(learnt);
    } catch (DataException e) {
      return all.within(learnt);
    }
  }

  public Task task() {
    return scaling.task();
  }

  /** Returns what a person should know of the rows that are learnt from, a sentence each. */
  public List<String> remarks() {
    List<String> remarks = new ArrayList<>();
    for (Target target : task().targets()) {
      Map<String, Double> unvarying = scaling.unvarying(target);
      if (!unvarying.isEmpty()) {
        boolean constant = unvarying.values().stream().allMatch(change -> change == 0);
        boolean alone = task().series().isEmpty();
        remarks.add(
            target.column()
                + (alone ? "" : " of " + some(List.copyOf(unvarying.keySet())))
                + (constant ? " is always the same" : " always changes by the same")
                + " in the rows that are learnt from: it is forecast to "
                + (constant ? "stay" : "go on")
                + " so"
                + (alone ? "" : ", and other series have none of its errors"));
      }
    }
    return remarks;
  }

  private static String some(List<String> names) {
    int more = names.size() - NAMED;
    return String.join(", ", names.subList(0, Math.min(NAMED, names.size())))
        + (more > 0 ? " and " + more + " more" : "");
  }

  /** Returns the last row of a window. */
  public int last(Windows windows, int window) {
    return windows.inputRows(window)[task().window() - 1];
  }

  /** Returns the row so many rows after the last one of each window. */
  public int[] rowsAfter(Windows windows, int ahead) {
    return IntStream.range(0, windows.size())
        .map(window -> rows.shift(last(windows, window), ahead))
        .toArray();
  }

  /** Returns the name of the series of each window, none where there is one alone. */
  public List<String> series(Windows windows) {
    return scaling.series(table, windows);
  }

  /** Returns what happened: {@code [K·H][N]}. */
  public double[][] actual(Windows windows) {
    double[][] actual = new double[task().outputs()][];
    for (int output = 0; output < actual.length; output++) {
      double[] values = table.column(task().target(output).column());
      actual[output] =
          IntStream.of(rowsAfter(windows, task().ahead(output)))
              .mapToDouble(row -> values[row])
              .toArray();
    }
    return actual;
  }

  /** Returns forecasts of windows, and what happened there. */
  public Past past(Windows windows, Bands forecasts) {
    return new Past(forecasts, actual(windows), series(windows), scaling::units);
  }

  /** Returns the targets that scaled changes are: {@code [K·H][N]}. */
  public double[][] values(Windows windows, double[][] scaledChanges) {
    return scaling.values(table, windows, scaledChanges);
  }
}
