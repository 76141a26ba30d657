package dev.rnn4j.examples.forecast;

import dev.rnn4j.report.Readable;
import dev.rnn4j.split.RollingOrigin;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Rows;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;

/**
 * Chooses the window and what the target is turned into, by linear autoregression from four origins
 * in the rows that train and decide (rolling origin; Tashman, 2000). Nothing of the unseen rows is
 * looked at. Of candidates that are hardly worse than the best one, the first is taken.
 *
 * @param chosen the task
 * @param lines what the candidates scored, empty where there was no choice
 */
record Search(Task chosen, List<String> lines) {
  private static final int ORIGINS = 4;

  /** The first origin is in the middle, and so many parts are behind it. */
  private static final int PARTS = 2 * ORIGINS;

  /** Fewer rows in a part say nothing. */
  private static final int FEWEST = 8;

  /** The last ones of more rows suffice. */
  private static final int MOST = 6000;

  /** A linear model has at most so many weights. */
  private static final int WEIGHTS = 300;

  /** Errors up to this multiple of the smallest one are as good. */
  private static final double AS_GOOD = 1.02;

  /** A candidate needs this share of the windows of the first one. */
  private static final double ENOUGH = 0.9;

  /** One way to set the task. */
  private record Candidate(int window, Transform transform) {
    Task of(Task task) {
      return new Task(
          task.target(), task.features(), task.calendar(), window, task.horizon(), transform);
    }
  }

  /** The forecasts of a candidate from all origins, together. */
  private record Result(double rmse, int windows) {}

  /**
   * Chooses.
   *
   * @param windows to choose from, the preferred one first
   * @param transforms to choose from, the preferred one first
   */
  static Search among(Task task, Table table, List<Integer> windows, List<Transform> transforms) {
    Rows known = Dataset.knownRows(table);
    Rows rows = new Rows(Math.max(0, known.to() - MOST), known.to());
    int part = rows.size() / PARTS;
    if (windows.size() * transforms.size() == 1 || part < FEWEST) {
      return new Search(new Candidate(windows.get(0), transforms.get(0)).of(task), List.of());
    }
    Table some = table.slice(rows);
    List<RollingOrigin.Fold> folds =
        RollingOrigin.expanding(rows.size() - ORIGINS * part, part).folds(rows.size());
    double[] values = some.column(task.target());
    Map<Candidate, Result> results = new LinkedHashMap<>();
    for (int window : windows) {
      for (Transform transform : transforms) {
        Candidate candidate = new Candidate(window, transform);
        if (transform.mayBeFor(values)
            && window * task.inputs().size() <= WEIGHTS
            && window <= rows.size() / ORIGINS) {
          evaluate(candidate.of(task), some, folds, results, candidate);
        }
      }
    }
    if (results.isEmpty()) {
      return new Search(new Candidate(windows.get(0), transforms.get(0)).of(task), List.of());
    }
    double smallest = results.values().stream().mapToDouble(Result::rmse).min().orElse(Double.NaN);
    Candidate chosen =
        results.entrySet().stream()
            .filter(result -> result.getValue().rmse() <= AS_GOOD * smallest)
            .findFirst()
            .orElseThrow()
            .getKey();
    return new Search(chosen.of(task), results.size() == 1 ? List.of() : lines(results, chosen));
  }

  /** A candidate that the rows are too few for is none. */
  private static void evaluate(
      Task task,
      Table table,
      List<RollingOrigin.Fold> folds,
      Map<Candidate, Result> results,
      Candidate candidate) {
    double squares = 0;
    int count = 0;
    int windows = 0;
    try {
      for (RollingOrigin.Fold fold : folds) {
        Table prepared = task.prepare(table);
        Scaling scaling = Scaling.fit(task, prepared, fold.train());
        Windows all = task.windows().over(scaling.apply(prepared));
        LinearModel linear = LinearModel.fit(all.within(fold.train()));
        Windows test = all.withTargetsWithin(Dataset.whole(fold.test(), task.horizon()));
        double[][] forecasts = scaling.forecasts(prepared, test, linear.predict(test));
        double[] values = prepared.column(task.target());
        windows += test.size();
        for (int ahead = 0; ahead < forecasts.length; ahead++) {
          for (int window = 0; window < test.size(); window++) {
            int row = test.inputRows(window)[task.window() - 1] + ahead + 1;
            double error = forecasts[ahead][window] - values[row];
            squares += error * error;
            count++;
          }
        }
      }
    } catch (DataException e) {
      return;
    }
    double rmse = Math.sqrt(squares / count);
    int most = results.values().stream().mapToInt(Result::windows).max().orElse(0);
    if (Double.isFinite(rmse) && windows >= ENOUGH * most) {
      results.put(candidate, new Result(rmse, windows));
    }
  }

  private static List<String> lines(Map<Candidate, Result> results, Candidate chosen) {
    List<Transform> transforms =
        results.keySet().stream().map(Candidate::transform).distinct().sorted().toList();
    List<String> lines = new ArrayList<>();
    lines.add("RMSE of linear autoregression from 4 origins in the rows that train and decide:");
    StringBuilder header = new StringBuilder(String.format(Locale.ROOT, "%-8s", "window"));
    transforms.forEach(one -> header.append(String.format(Locale.ROOT, "%13s", one)));
    lines.add(header.toString());
    for (int window : new TreeSet<>(results.keySet().stream().map(Candidate::window).toList())) {
      StringBuilder line = new StringBuilder(String.format(Locale.ROOT, "%-8d", window));
      for (Transform transform : transforms) {
        Result result = results.get(new Candidate(window, transform));
        String rmse = result == null ? "" : Readable.of(result.rmse(), 4);
        line.append(String.format(Locale.ROOT, "%13s", rmse));
      }
      lines.add(line.toString());
    }
    lines.add(
        "chosen: window "
            + chosen.window()
            + ", the target "
            + (chosen.transform() == Transform.NONE ? "" : "as its ")
            + chosen.transform()
            + ", the first that is at most 2 % worse than the best");
    return lines;
  }
}
