package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.Learner;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.network.CellKind;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.quantile.Past;
import dev.rnn4j.tensor.Precision;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Chooses the number of hidden units and of epochs: those whose forecasts from several origins in
 * the known rows have the smallest loss. After 0 epochs, it is that of the linear model.
 *
 * @param hidden the chosen number of units
 * @param epochs the chosen number of epochs
 * @param losses for each number of units that was tried, the losses after 0, 1, 2, … epochs
 * @param past what the chosen network forecast from the origins, and what happened there
 */
public record NetworkSearch(int hidden, int epochs, Map<Integer, List<Double>> losses, Past past) {
  /** So many are tried that one standard error is soon exceeded. */
  private static final double ERRORS = 2;

  /**
   * What is tried.
   *
   * @param hidden the numbers of units to choose from
   * @param epochs as many at most, or that many where they are given
   * @param given whether the number of epochs is no matter of choice
   */
  public record Plan(
      CellKind cell,
      int members,
      List<Integer> hidden,
      int epochs,
      boolean given,
      double rate,
      long seed) {}

  /** Tries networks. */
  public static NetworkSearch of(
      List<Part> parts,
      double[] units,
      double ridge,
      Plan plan,
      Precision precision,
      Consumer<String> progress,
      Trainings trainings) {
    if (parts.isEmpty()) {
      return new NetworkSearch(
          plan.hidden().get(0), plan.given() ? plan.epochs() : 0, Map.of(), Past.NONE);
    }
    Map<Integer, List<Double>> losses = new LinkedHashMap<>();
    NetworkSearch best = null;
    double smallest = Double.POSITIVE_INFINITY;
    for (int hidden : plan.hidden()) {
      progress.accept("trying networks of " + hidden + " hidden units");
      Trial trial = Trial.of(parts, units, ridge, plan, hidden, precision, trainings);
      losses.put(hidden, trial.losses());
      int epochs = plan.given() ? plan.epochs() : trial.best();
      if (best == null || trial.losses().get(epochs) < smallest) {
        smallest = trial.losses().get(epochs);
        best = new NetworkSearch(hidden, epochs, Map.of(), trial.past(parts, epochs));
      }
    }
    return new NetworkSearch(best.hidden, best.epochs, losses, best.past);
  }

  /** A network of one size, after each epoch from each origin. */
  private record Trial(Learner learner, List<WindowLosses> all, List<Epochs> values) {
    static Trial of(
        List<Part> parts,
        double[] units,
        double ridge,
        Plan plan,
        int hidden,
        Precision precision,
        Trainings trainings) {
      Part first = parts.get(0);
      Size size = Size.of(first.task(), plan.cell(), plan.members(), hidden);
      Learner learner =
          new Learner(size, plan.rate(), ridge, plan.seed(), precision, first.train().size());
      List<WindowLosses> losses = new ArrayList<>();
      for (int epoch = 0; epoch <= plan.epochs(); epoch++) {
        losses.add(WindowLosses.none(first.table().rows()));
      }
      List<Epochs> values = new ArrayList<>();
      for (Part part : parts) {
        learner.begin(part);
        String name = hidden + " hidden units, origin " + (values.size() + 1);
        Epochs tried = trainings.tryOut(name, learner, plan.epochs());
        for (int epoch = 0; epoch <= plan.epochs(); epoch++) {
          learner.set(tried.after(epoch));
          double[][] point = learner.forecast(part, part.test()).point();
          losses.get(epoch).add(part, part.test(), point, units);
        }
        values.add(tried);
      }
      return new Trial(learner, losses, values);
    }

    List<Double> losses() {
      return all.stream().map(WindowLosses::mean).toList();
    }

    /**
     * Returns after how many epochs the loss is smallest, 0 where that of the linear model is as
     * good.
     */
    int best() {
      int best = 0;
      for (int epoch = 1; epoch < all.size(); epoch++) {
        if (all.get(epoch).areSmallerThan(all.get(best))) {
          best = epoch;
        }
      }
      return all.get(0).areAsGoodAs(all.get(best), ERRORS) ? 0 : best;
    }

    Past past(List<Part> parts, int epochs) {
      List<Past> all = new ArrayList<>();
      for (int i = 0; i < parts.size(); i++) {
        Part part = parts.get(i);
        learner.begin(part);
        learner.set(values.get(i).after(epochs));
        all.add(part.past(part.test(), learner.forecast(part, part.test())));
      }
      return Past.join(all);
    }
  }
}
