package dev.rnn4j.examples.forecast;

import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a network has to be better than. Each forecasts from what is known in the last row of a
 * window.
 */
final class Baselines {
  /** Forecasts: {@code [H][N]}, NaN where there is none. */
  interface Method {
    double[][] forecast(Windows windows);
  }

  static final String LINEAR = "linear autoregression";
  static final String PERSISTENCE = "persistence";
  static final String DRIFT = "drift";
  static final String LAST_YEAR = "same date last year";

  private final Dataset data;
  private final Task task;
  private final double[] values;
  private final Optional<Integer> period;

  private Baselines(Dataset data) {
    this.data = data;
    this.task = data.scaling().task();
    this.values = data.table().column(task.target());
    this.period = data.period();
  }

  /** Returns the methods by their names, fitted on the part that trains. */
  static Map<String, Method> of(Dataset data) {
    Baselines baselines = new Baselines(data);
    LinearModel linear = LinearModel.fit(data.train());
    Map<String, Method> methods = new LinkedHashMap<>();
    methods.put(
        LINEAR,
        windows -> data.scaling().forecasts(data.table(), windows, linear.predict(windows)));
    methods.put(PERSISTENCE, windows -> baselines.each(windows, (last, ahead) -> last));
    methods.put(DRIFT, baselines::drift);
    baselines.period.ifPresent(
        rows ->
            methods.put(
                "seasonal naive, " + rows,
                windows ->
                    baselines.each(
                        windows,
                        (last, ahead) -> last + ahead - rows * ((ahead + rows - 1) / rows))));
    baselines.lastYear().ifPresent(method -> methods.put(LAST_YEAR, method));
    return methods;
  }

  private interface Place {
    /** Returns the row whose value is the forecast for {@code ahead} rows after a last one. */
    int row(int last, int ahead);
  }

  private double[][] each(Windows windows, Place place) {
    double[][] forecasts = new double[task.horizon()][windows.size()];
    for (int window = 0; window < windows.size(); window++) {
      int last = lastRow(windows, window);
      for (int ahead = 1; ahead <= task.horizon(); ahead++) {
        int row = place.row(last, ahead);
        forecasts[ahead - 1][window] = row < 0 ? Double.NaN : values[row];
      }
    }
    return forecasts;
  }

  private int lastRow(Windows windows, int window) {
    return windows.inputRows(window)[task.window() - 1];
  }

  /** The straight line from the first value through the last one goes on. */
  private double[][] drift(Windows windows) {
    int first = 0;
    while (Double.isNaN(values[first])) {
      first++;
    }
    double[][] forecasts = each(windows, (last, ahead) -> last);
    for (int window = 0; window < windows.size(); window++) {
      int last = lastRow(windows, window);
      double slope = last > first ? (values[last] - values[first]) / (last - first) : 0;
      for (int ahead = 1; ahead <= task.horizon(); ahead++) {
        forecasts[ahead - 1][window] += ahead * slope;
      }
    }
    return forecasts;
  }

  private Optional<Method> lastYear() {
    Table table = data.table();
    return task.calendar()
        .filter(calendar -> calendar.spacing().unit() != ChronoUnit.YEARS)
        .map(calendar -> table.dates(calendar.column()))
        .map(
            dates -> {
              Map<LocalDateTime, Integer> rowOf = new HashMap<>();
              IntStream.range(0, values.length)
                  .forEach(row -> rowOf.putIfAbsent(dates.get(row), row));
              return windows ->
                  each(windows, (last, ahead) -> rowBefore(rowOf, dates, last + ahead, last));
            });
  }

  /** Returns the row a year before a date, below 0 where there is none, or it is not yet known. */
  private static int rowBefore(Map<LocalDateTime, Integer> rowOf, Dates dates, int row, int last) {
    Integer before = row < dates.size() ? rowOf.get(dates.get(row).minusYears(1)) : null;
    return before == null || before > last ? -1 : before;
  }
}
