package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.Learner;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.quantile.Past;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.History;
import java.util.List;

/**
 * The network that was chosen, fitted to all windows before an origin.
 *
 * @param model what it became
 * @param history of its training, empty where there was none
 */
public record Fitted(ForecastModel model, History history) {
  /** In larger tables, fewer epochs have as many updates. */
  private static final int WINDOWS = 20_000;

  /**
   * Fits.
   *
   * @param trainings that this is one of
   * @param name what tells it from the others
   */
  public static Fitted of(
      Choices choices,
      NetworkSearch.Plan plan,
      Part part,
      Precision precision,
      Trainings trainings,
      String name) {
    NetworkSearch network = choices.network();
    Size size = Size.of(part.task(), plan.cell(), plan.members(), network.hidden());
    Learner learner =
        new Learner(
            size, plan.rate(), choices.ridge(), plan.seed(), precision, part.train().size());
    learner.begin(part);
    History history = new History(List.of(), List.of(), History.Ending.FINISHED);
    if (network.epochs() > 0) {
      int epochs = epochs(network.epochs(), part.train().size());
      try {
        history = trainings.run(name, learner.step(), epochs, learner::epoch, learner.order());
      } catch (ArithmeticException e) {
        throw new IllegalArgumentException(e.getMessage(), e);
      }
    }
    Past past =
        choices.parts().isEmpty()
            ? part.past(part.train(), learner.forecast(part, part.train()))
            : network.past();
    return new Fitted(
        new ForecastModel(
            part.scaling(),
            size,
            learner.network(),
            learner.step().weights(),
            choices.intervals(past)),
        history);
  }

  private static int epochs(int chosen, int windows) {
    return (int) Math.max(1, Math.round(chosen * Math.min(1, (double) WINDOWS / windows)));
  }

  /** Returns whether no network corrects the linear model. */
  public boolean isLinear() {
    return history.updates().isEmpty();
  }

  /** Returns whether somebody stopped the training. */
  public boolean isStopped() {
    return history.ending() == History.Ending.STOPPED;
  }

  /** Returns how the training ended, in words. */
  public String ending() {
    if (isLinear()) {
      return "a linear model, which no network corrects";
    }
    int epochs = history.epochs().size();
    if (epochs == 0) {
      return "stopped in epoch 1";
    }
    String ran = epochs == 1 ? "1 epoch" : epochs + " epochs";
    return isStopped()
        ? "stopped after " + ran
        : "a linear model, which the mean of networks corrects that learnt for " + ran;
  }
}
