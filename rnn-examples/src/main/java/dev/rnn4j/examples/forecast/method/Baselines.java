package dev.rnn4j.examples.forecast.method;

import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.Dates;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.time.LocalDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a network has to be better than. Each forecasts from what is known in the last row of a
 * window.
 */
public final class Baselines {
  /** Forecasts of a method: {@code [K·H][N]}, NaN where there is none. */
  public interface Method {
    double[][] forecast(Part part, Windows windows);
  }

  static final String LINEAR = "linear autoregression";
  public static final String PERSISTENCE = "persistence";
  static final String DRIFT = "drift";
  static final String SEASONAL = "seasonal naive";
  static final String LAST_YEAR = "same date last year";

  private Baselines() {}

  /**
   * Returns the methods by their names.
   *
   * @param ridge of the linear model
   * @param periods the season of each target, if it has one
   */
  public static Map<String, Method> of(Task task, double ridge, List<Optional<Integer>> periods) {
    Map<String, Method> methods = new LinkedHashMap<>();
    methods.put(
        LINEAR,
        (part, windows) ->
            part.values(windows, LinearModel.fit(part.train(), ridge).predict(windows)));
    methods.put(PERSISTENCE, (part, windows) -> each(part, windows, (k, last, ahead) -> last));
    methods.put(DRIFT, Baselines::drift);
    List<Integer> seasons = periods.stream().flatMap(Optional::stream).distinct().toList();
    if (!seasons.isEmpty()) {
      String name = SEASONAL + (seasons.size() == 1 ? ", " + seasons.get(0) : "");
      methods.put(
          name,
          (part, windows) ->
              each(
                  part,
                  windows,
                  (k, last, ahead) ->
                      periods
                          .get(k)
                          .map(rows -> seasonBefore(part, last, ahead, rows))
                          .orElse(-1)));
    }
    task.calendar()
        .filter(calendar -> calendar.spacing().unit() != ChronoUnit.YEARS)
        .filter(calendar -> task.series().isEmpty())
        .ifPresent(
            calendar ->
                methods.put(
                    LAST_YEAR, (part, windows) -> lastYear(part, windows, calendar.column())));
    return methods;
  }

  private static int seasonBefore(Part part, int last, int ahead, int period) {
    return part.rows().shift(last, ahead - period * ((ahead + period - 1) / period));
  }

  private interface Place {
    /** Returns the row whose value is the forecast for {@code ahead} rows after a last one. */
    int row(int target, int last, int ahead);
  }

  private static double[][] each(Part part, Windows windows, Place place) {
    Task task = part.task();
    double[][] forecasts = new double[task.outputs()][windows.size()];
    for (int output = 0; output < forecasts.length; output++) {
      double[] values = part.table().column(task.target(output).column());
      for (int window = 0; window < windows.size(); window++) {
        int row =
            place.row(output / task.horizon(), part.last(windows, window), task.ahead(output));
        forecasts[output][window] = row < 0 ? Double.NaN : values[row];
      }
    }
    return forecasts;
  }

  /** The straight line from the first value of a series through the last one goes on. */
  private static double[][] drift(Part part, Windows windows) {
    double[][] forecasts = each(part, windows, (k, last, ahead) -> last);
    for (int output = 0; output < forecasts.length; output++) {
      double[] values = part.table().column(part.task().target(output).column());
      for (int window = 0; window < windows.size(); window++) {
        int last = part.last(windows, window);
        int first = part.rows().first(last);
        while (Double.isNaN(values[first]) && first != last) {
          first = part.rows().shift(first, 1);
        }
        int steps = part.rows().place(last) - part.rows().place(first);
        double slope = steps > 0 ? (values[last] - values[first]) / steps : 0;
        forecasts[output][window] += part.task().ahead(output) * slope;
      }
    }
    return forecasts;
  }

  private static double[][] lastYear(Part part, Windows windows, String column) {
    Table table = part.table();
    Dates dates = table.dates(column);
    Map<LocalDateTime, Integer> rowOf = new HashMap<>();
    for (int row = 0; row < table.rows(); row++) {
      rowOf.putIfAbsent(dates.get(row), row);
    }
    return each(part, windows, (k, last, ahead) -> rowBefore(rowOf, dates, last + ahead, last));
  }

  /** Returns the row a year before a date, below 0 where there is none, or it is not yet known. */
  private static int rowBefore(Map<LocalDateTime, Integer> rowOf, Dates dates, int row, int last) {
    Integer before = row < dates.size() ? rowOf.get(dates.get(row).minusYears(1)) : null;
    return before == null || before > last ? -1 : before;
  }

  /**
   * Returns the mean absolute error of the naive forecast of a target, the value a season or a row
   * before, on the known rows.
   */
  public static double naiveError(Part part, int known, int target, Optional<Integer> period) {
    double[] values = part.table().column(part.task().targets().get(target).column());
    double[] before = part.rows().shifted(values, -period.orElse(1));
    double[] errors = new double[known];
    Arrays.setAll(errors, row -> Math.abs(values[row] - before[row]));
    return DoubleArrays.mean(errors);
  }
}
