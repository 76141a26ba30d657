package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.split.RollingOrigin;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.History;
import java.io.PrintStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * How the model would have done had it been used since the unseen rows began, and fitted anew from
 * time to time: from each of several origins in the unseen rows (rolling origin; Tashman, 2000),
 * what follows up to the next one is forecast. At each, the linear model and the networks are
 * fitted anew to all rows before it; what was chosen in the known rows, and the intervals' width,
 * stay.
 *
 * @param origins in their order; at the first one, the model is the one that is kept
 */
public record Backtest(List<Origin> origins) {
  /**
   * One origin.
   *
   * @param name the first row that is forecast
   * @param learnt how many windows were learnt from
   * @param judgement of the rows up to the next origin
   */
  public record Origin(String name, int learnt, Judgement judgement) {
    static Origin of(Choices choices, Part part, Fitted fitted) {
      Judgement judgement = Judgement.of(choices, part, fitted.forecaster());
      return new Origin(judgement.first().rows().get(0), part.train().size(), judgement);
    }
  }

  /**
   * Forecasts from every origin.
   *
   * @param folds the rows before each origin, and those up to the next
   * @param kept the model as it was fitted to the rows before the first one
   * @param progress is told what takes its time now
   * @param bar where the progress of a training is shown
   */
  public static Backtest of(
      Choices choices,
      NetworkSearch.Plan plan,
      List<RollingOrigin.Fold> folds,
      Fitted kept,
      Precision precision,
      Consumer<String> progress,
      PrintStream bar) {
    List<Origin> origins = new ArrayList<>();
    for (RollingOrigin.Fold fold : folds) {
      Part part = Part.of(choices.task(), choices.table(), fold.train(), fold.test());
      Fitted fitted = kept;
      if (!origins.isEmpty()) {
        progress.accept("backtest, origin " + (origins.size() + 1) + " of " + folds.size());
        fitted = Fitted.of(choices, plan, part, precision, bar);
      }
      if (fitted.history().ending() == History.Ending.STOPPED && fitted != kept) {
        progress.accept("stopped; the backtest ends before this origin");
        break;
      }
      origins.add(Origin.of(choices, part, fitted));
    }
    return new Backtest(origins);
  }

  /** Returns whether nobody asked for it. */
  public boolean isEmpty() {
    return origins.isEmpty();
  }

  /** Returns the scores of every method for a target from all origins together. */
  public Map<String, Score> scores(String target) {
    return overall(origins.stream().map(one -> one.judgement().scores(target)).toList());
  }

  /** Returns the scores of every method so many rows ahead, from all origins together. */
  public Map<String, Score> scores(String target, int ahead) {
    return overall(
        origins.stream().map(one -> one.judgement().of(target).get(ahead - 1).scores()).toList());
  }

  /** A method that has no forecast from some origin is scored by the others. */
  private static Map<String, Score> overall(List<Map<String, Score>> scores) {
    Map<String, List<Score>> all = new LinkedHashMap<>();
    scores.forEach(
        one ->
            one.forEach(
                (method, score) ->
                    all.computeIfAbsent(method, name -> new ArrayList<>()).add(score)));
    Map<String, Score> overall = new LinkedHashMap<>();
    all.forEach((method, some) -> overall.put(method, Score.overall(some)));
    return overall;
  }
}
