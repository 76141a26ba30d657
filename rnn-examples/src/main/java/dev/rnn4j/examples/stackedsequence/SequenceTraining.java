package dev.rnn4j.examples.stackedsequence;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Feed;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;

/**
 * The update of both networks on one window as a training step. They share nothing but the plan:
 * the gradient of the sum of their losses is, for each, that of its own.
 */
public final class SequenceTraining {
  /** The length of a window. */
  public static final int WINDOW = 3;

  private final Networks networks;
  private final TrainingStep step;

  /** Draws the networks, and compiles their training. */
  public SequenceTraining(NumpyRandom random, Optimizer optimizer, Precision precision) {
    networks = Networks.draw(random);
    step = TrainingStep.of(networks, this::outcome).optimizer(optimizer).compile(precision);
  }

  private Outcome outcome(Feed feed) {
    Loss loss = Losses.halfSumOfSquares();
    Signal x = feed.signal("x");
    Target y = feed.target("y");
    return Outcome.loss("first", loss.of(networks.first().apply(x), y))
        .and("second", loss.of(networks.second().apply(x), y));
  }

  /** Trains on one window of scaled inputs and their targets; returns the sum of both losses. */
  public double update(double[] inputs, double[] targets) {
    Shape shape = Shape.of(WINDOW, 1, 1);
    return step.run(Tensor.of(shape, inputs), Tensor.of(shape, targets));
  }

  /** Returns the mean loss of the first network on the last window, before its update. */
  public double loss1() {
    return step.losses().get("first") / WINDOW;
  }

  /** Returns the mean loss of the second network on the last window, before its update. */
  public double loss2() {
    return step.losses().get("second") / WINDOW;
  }

  /** Returns what the first network makes of a sequence of any length, {@code [T]}. */
  public Tensor predict1(double[] sequence) {
    return predict(networks.first(), sequence);
  }

  /** Returns what the second network makes of a sequence of any length, {@code [T]}. */
  public Tensor predict2(double[] sequence) {
    return predict(networks.second(), sequence);
  }

  /** Returns forward, backward and update. */
  public TrainingStep step() {
    return step;
  }

  private Tensor predict(Layer network, double[] sequence) {
    Input whole = Input.of("sequence", sequence.length, 1, 1);
    Node prediction = network.apply(whole);
    Plan plan = Plan.of(prediction).weights(step.weights()).compile(step.weights().precision());
    return plan.session().set(whole, sequence).run().get(prediction).reshape(sequence.length);
  }
}
