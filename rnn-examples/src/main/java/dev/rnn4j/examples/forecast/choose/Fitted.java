package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.method.Learner;
import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.model.ForecastModel;
import dev.rnn4j.forecast.internal.network.Size;
import dev.rnn4j.forecast.internal.quantile.Bands;
import dev.rnn4j.forecast.internal.quantile.Past;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.History;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.window.Windows;
import java.util.List;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;

/**
 * The network that was chosen, fitted to all windows before an origin.
 *
 * @param model what it became
 * @param history of its training, empty where there was none
 */
public record Fitted(ForecastModel model, History history) {
  /** In larger tables, fewer epochs have as many updates. */
  private static final int WINDOWS = 20_000;

  /** The loss may be so many times the first one, and at least so large. */
  private static final double FAR = 1e6;

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
      requireSound(history, learner, part);
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

  /** A short training ends before a trainer takes a loss out of all bounds for more than chance. */
  private static void requireSound(History history, Learner learner, Part part) {
    List<UpdateResult> updates = history.updates();
    if (updates.isEmpty()) {
      return;
    }
    double first = updates.get(0).loss();
    double last = updates.get(updates.size() - 1).loss();
    boolean far = last > FAR && last > FAR * first;
    if (far || !areFinite(learner, part, part.train()) || !areFinite(learner, part, part.test())) {
      throw new IllegalArgumentException(
          "training diverges: "
              + (far
                  ? "the loss was " + first + " at first, and is " + last + " at the end"
                  : "the networks forecast what is not finite")
              + "; take a smaller --rate");
    }
  }

  /** Errors are squared. */
  private static boolean areFinite(Learner learner, Part part, Windows windows) {
    Bands bands = learner.forecast(part, windows);
    return Stream.of(bands.point(), bands.low(), bands.middle(), bands.high())
        .flatMap(Stream::of)
        .flatMapToDouble(DoubleStream::of)
        .allMatch(value -> Double.isFinite(value * value));
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
