package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.LinearModel;
import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Feature;
import dev.rnn4j.forecast.internal.task.Target;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.forecast.internal.task.Transform;
import dev.rnn4j.table.DataException;
import dev.rnn4j.table.Table;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Chooses window, transforms and ridge by linear autoregression from several origins in the known
 * rows: the best of all, or the best that reaches back just a season where that is as good.
 *
 * @param task with the chosen window and transforms
 * @param ridge the chosen one
 * @param chosen the candidate that the task is set by
 * @param results what the candidates scored, the best ridge of each; empty where there was no
 *     choice
 */
public record LinearSearch(
    Task task, double ridge, Candidate chosen, Map<Candidate, WindowLosses> results) {
  private static final List<Double> RIDGES = List.of(0.0, 0.1, 1.0, 10.0, 100.0, 1000.0);

  /** A linear model has at most so many weights. */
  private static final int WEIGHTS = 300;

  /** A window is at most this share of the rows before the first origin. */
  private static final int SHARE = 4;

  /** The standard error of few windows is itself a guess. */
  private static final double ERRORS = 2;

  /** A candidate needs this share of the windows of the first one. */
  private static final double ENOUGH = 0.9;

  /**
   * One way to set the task.
   *
   * @param logs whether the logarithms of skewed features are read
   */
  public record Candidate(int window, Transform transform, boolean logs) {
    /** A target with values below 0 stays as it is. */
    public Task of(Task task, Table table) {
      List<Target> targets =
          task.targetNames().stream()
              .map(
                  name ->
                      new Target(
                          name,
                          transform.mayBeFor(table.column(name)) ? transform : Transform.NONE))
              .toList();
      List<Feature> features =
          task.features().stream().map(one -> one.withLog(logs && one.log())).toList();
      return task.withWindow(window).withTargets(targets).withFeatures(features);
    }
  }

  private record Result(double ridge, WindowLosses losses) {}

  /**
   * Chooses.
   *
   * @param wanted whose features have their logarithms read where that is to be tried
   * @param units what squared errors of each output are divided by
   */
  public static LinearSearch among(Wanted wanted, double[] units) {
    Task task = wanted.task();
    Table table = wanted.table();
    Origins origins = wanted.origins();
    Table some = table.slice(origins.chosenBy());
    List<Candidate> candidates = candidates(wanted, some);
    Map<Candidate, Result> results = new LinkedHashMap<>();
    if (!origins.folds().isEmpty()) {
      int longest = origins.folds().get(0).train().size() / SHARE;
      for (Candidate candidate : candidates) {
        Task one = candidate.of(task, some);
        if (candidate.window() <= longest && candidate.window() * one.inputs().size() <= WEIGHTS) {
          evaluate(one, table, origins, units)
              .filter(result -> hasEnough(result, results.values().stream().findFirst()))
              .ifPresent(result -> results.put(candidate, result));
        }
      }
    }
    if (results.isEmpty()) {
      Candidate first = candidates.get(0);
      Task one = first.of(task, some);
      return new LinearSearch(one, ridge(one, table, origins), first, Map.of());
    }
    Candidate chosen = chosen(results, wanted.seasons());
    Map<Candidate, WindowLosses> losses = new LinkedHashMap<>();
    results.forEach((candidate, result) -> losses.put(candidate, result.losses()));
    return new LinearSearch(chosen.of(task, some), results.get(chosen).ridge(), chosen, losses);
  }

  /**
   * Chooses the ridge where the rows are too few for origins: each window in turn is forecast by
   * all others. Of few windows, the best ridge is the best by chance; the largest that is as good
   * leaves the least to it.
   */
  private static double ridge(Task task, Table table, Origins origins) {
    double[][] losses;
    try {
      Windows windows = origins.last(task, table).train();
      losses =
          Arrays.stream(LinearModel.leftOut(windows, RIDGES))
              .map(LinearSearch::squares)
              .toArray(double[][]::new);
    } catch (DataException e) {
      // Where there is no window to learn from, the fit says so.
      return RIDGES.get(0);
    }
    int best = losses.length - 1;
    for (int i = best - 1; i >= 0; i--) {
      if (DoubleArrays.mean(losses[i]) < DoubleArrays.mean(losses[best])) {
        best = i;
      }
    }
    for (int i = losses.length - 1; i > best; i--) {
      if (WindowLosses.areAsGood(losses[i], losses[best], ERRORS)) {
        return RIDGES.get(i);
      }
    }
    return RIDGES.get(best);
  }

  /** Returns the mean of the squared errors of each example. */
  private static double[] squares(double[][] errors) {
    double[] squares = new double[errors[0].length];
    for (double[] ofOutput : errors) {
      for (int n = 0; n < squares.length; n++) {
        squares[n] += ofOutput[n] * ofOutput[n] / errors.length;
      }
    }
    return squares;
  }

  private static boolean hasEnough(Result result, Optional<Result> first) {
    return first.map(one -> result.losses().count() >= ENOUGH * one.losses().count()).orElse(true);
  }

  private static List<Candidate> candidates(Wanted wanted, Table some) {
    boolean logs = wanted.task().features().stream().anyMatch(Feature::log);
    List<Candidate> candidates = new ArrayList<>();
    for (int window : wanted.windows()) {
      for (Transform transform : wanted.transforms()) {
        boolean may =
            transform == wanted.transforms().get(0)
                || wanted.task().targetNames().stream()
                    .map(some::column)
                    .anyMatch(
                        values ->
                            transform.mayBeFor(values) && DoubleArrays.areMoreThanTwo(values));
        for (boolean log : logs ? List.of(false, true) : List.of(false)) {
          if (may) {
            candidates.add(new Candidate(window, transform, log));
          }
        }
      }
    }
    return candidates;
  }

  /** Windows that reach back a season come first. */
  private static Candidate chosen(Map<Candidate, Result> results, List<Integer> seasons) {
    Candidate best = smallest(results, List.copyOf(results.keySet())).orElseThrow();
    List<Candidate> seasonal =
        results.keySet().stream().filter(one -> seasons.contains(one.window())).toList();
    return smallest(results, seasonal)
        .filter(one -> results.get(one).losses().areAsGoodAs(results.get(best).losses(), 1))
        .orElse(best);
  }

  private static Optional<Candidate> smallest(
      Map<Candidate, Result> results, List<Candidate> some) {
    return some.stream()
        .reduce(
            (one, other) ->
                results.get(other).losses().areSmallerThan(results.get(one).losses())
                    ? other
                    : one);
  }

  /** A candidate that the rows are too few for is none. */
  private static Optional<Result> evaluate(
      Task task, Table table, Origins origins, double[] units) {
    List<WindowLosses> losses =
        RIDGES.stream().map(ridge -> WindowLosses.none(origins.chosenBy().size())).toList();
    try {
      for (Part part : origins.parts(task, table)) {
        List<LinearModel> models = LinearModel.fit(part.train(), RIDGES);
        for (int i = 0; i < models.size(); i++) {
          double[][] values = part.values(part.test(), models.get(i).predict(part.test()));
          losses.get(i).add(part, part.test(), values, units);
        }
      }
    } catch (DataException e) {
      return Optional.empty();
    }
    List<Result> results = new ArrayList<>();
    for (int i = 0; i < losses.size(); i++) {
      if (Double.isFinite(losses.get(i).mean())) {
        results.add(new Result(RIDGES.get(i), losses.get(i)));
      }
    }
    return results.stream().min(Comparator.comparingDouble(result -> result.losses().mean()));
  }
}
