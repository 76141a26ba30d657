package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.method.Baselines;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.forecast.internal.quantile.Band;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.quantile.Intervals;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.window.Windows;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * How good the network is on rows that it has not seen, and what is simpler, for each target, by
 * how far ahead they look.
 *
 * @param comparisons one for each output
 */
public record Judgement(List<Comparison> comparisons) {
  /** Forecasts what is unseen of a part by the network and by what it has to be better than. */
  public static Judgement of(Choices choices, Part part, ForecastModel model) {
    Task task = part.task();
    Windows windows = part.test();
    Map<String, Bands> bands = new LinkedHashMap<>();
    bands.put(Comparison.NETWORK, model.forecast(part.table(), windows));
    Baselines.of(task, choices.ridge(), choices.wanted().periods())
        .forEach(
            (name, method) ->
                bands.put(
                    name,
                    within(choices.baselines().get(name), method.forecast(part, windows), part)));
    List<Comparison> comparisons = new ArrayList<>();
    for (int output = 0; output < task.outputs(); output++) {
      Map<String, Band> methods = new LinkedHashMap<>();
      for (Map.Entry<String, Bands> method : bands.entrySet()) {
        Band band = method.getValue().output(output);
        // Methods without a single forecast are left out.
        if (Arrays.stream(band.point()).anyMatch(value -> !Double.isNaN(value))) {
          methods.put(method.getKey(), band);
        }
      }
      int target = output / task.horizon();
      double naive =
          Baselines.naiveError(
              part, choices.origins().known().to(), target, choices.wanted().periods().get(target));
      comparisons.add(Comparison.of(part, windows, output, methods, naive));
    }
    return new Judgement(comparisons);
  }

  private static Bands within(Intervals intervals, double[][] forecasts, Part part) {
    return intervals.around(Bands.of(forecasts), part.series(part.test()), part.scaling()::units);
  }

  /** Returns the comparison of the forecasts of the first target one row ahead. */
  public Comparison first() {
    return comparisons.get(0);
  }

  public List<String> targets() {
    return comparisons.stream().map(Comparison::target).distinct().toList();
  }

  /** Returns the comparisons of one target, one row ahead first. */
  public List<Comparison> of(String target) {
    return comparisons.stream().filter(one -> one.target().equals(target)).toList();
  }

  /** Returns the scores of every method for a target over all horizons. */
  public Map<String, Score> scores(String target) {
    Map<String, Score> scores = new LinkedHashMap<>();
    List<Comparison> some = of(target);
    for (String name : some.get(0).methods().keySet()) {
      scores.put(
          name,
          Score.overall(
              some.stream()
                  .filter(comparison -> comparison.methods().containsKey(name))
                  .map(comparison -> comparison.score(name))
                  .toList()));
    }
    return scores;
  }
}
