package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.examples.forecast.choose.Choices;
import dev.rnn4j.examples.forecast.choose.Fitted;
import dev.rnn4j.examples.forecast.choose.NetworkSearch;
import dev.rnn4j.examples.forecast.choose.Trainings;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.split.RollingOrigin;
import dev.rnn4j.table.DataException;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * How the model would have done had it been used since the unseen rows began, and fitted anew from
 * time to time: from each of several origins in the unseen rows (rolling origin; Tashman, 2000),
 * what follows up to the next one is forecast. At each, the linear model and the networks are
 * fitted anew to all rows before it; what was chosen in the known rows, and the intervals' width,
 * stay.
 *
 * @param origins in their order; at the first one, the model is the one that is kept
 * @param stopped whether somebody stopped it before the last of them
 */
public record Backtest(List<Origin> origins, boolean stopped) {
  /**
   * One origin.
   *
   * @param name the first row that is forecast
   * @param learnt how many windows were learnt from
   * @param judgement of the rows up to the next origin
   */
  public record Origin(String name, int learnt, Judgement judgement) {
    static Origin of(Choices choices, Part part, Fitted fitted) {
      Judgement judgement = Judgement.of(choices, part, fitted.model());
      return new Origin(judgement.first().rows().get(0), part.train().size(), judgement);
    }
  }

  /**
   * Forecasts from every origin after which there is a window to forecast, until somebody stops it.
   *
   * @param folds the rows before each origin, and those up to the next
   * @param kept the model as it was fitted to the rows before the first one
   * @param progress is told what takes its time now
   * @param trainings that those at the origins are some of
   */
  public static Backtest of(
      Choices choices,
      NetworkSearch.Plan plan,
      List<RollingOrigin.Fold> folds,
      Fitted kept,
      Precision precision,
      Consumer<String> progress,
      Trainings trainings) {
    List<Origin> origins = new ArrayList<>();
    for (int i = 0; i < folds.size(); i++) {
      String name = "origin " + (i + 1) + " of " + folds.size();
      Optional<Part> part =
          part(
              choices,
              folds.get(i),
              why -> progress.accept("backtest, " + name + " is left out: " + why));
      Fitted fitted = kept;
      if (i > 0 && part.isPresent() && !trainings.areStopped()) {
        progress.accept("backtest, " + name);
        fitted = Fitted.of(choices, plan, part.get(), precision, trainings, "backtest, " + name);
      }
      if (i > 0 && trainings.areStopped()) {
        progress.accept("stopped; the backtest ends before " + name);
        return new Backtest(origins, true);
      }
      if (part.isPresent()) {
        origins.add(Origin.of(choices, part.get(), fitted));
      }
    }
    return new Backtest(origins, false);
  }

  private static Optional<Part> part(
      Choices choices, RollingOrigin.Fold fold, Consumer<String> remark) {
    try {
      return Optional.of(Part.of(choices.task(), choices.table(), fold.train(), fold.test()));
    } catch (DataException e) {
      remark.accept(e.getMessage());
      return Optional.empty();
    }
  }

  /** Returns whether there is none, mostly because nobody asked for it. */
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
