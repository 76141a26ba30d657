package dev.rnn4j.examples.catfish;

import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.loss.Target;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;

/** One epoch of the document as a training step: four days in, the fifth to be predicted. */
public final class CatTraining {
  private final TrainingStep step;
  private Tensor state = Tensor.zeros(Shape.of(1, CatNetwork.HIDDEN_SIZE));

  private CatTraining(TrainingStep step) {
    this.step = step;
  }

  /** Draws a network, and compiles its training. */
  public static CatTraining of(NumpyRandom random, double rate, Precision precision) {
    CatNetwork network = CatNetwork.draw(random);
    Node timeline =
        Node.constant(Tensor.of(new double[][][] {{{0.25}}, {{0.50}}, {{0.75}}, {{1.00}}}));
    Node y = Node.constant(Tensor.of(new double[][] {{1.25}}));
    return new CatTraining(
        TrainingStep.of(
                network,
                feed -> {
                  Unrolled<CatCell.State> days =
                      network
                          .recurrent()
                          .unroll(Signal.of(timeline), new CatCell.State(feed.node("state")));
                  Signal prediction = network.output().apply(days.last());
                  return Outcome.loss(
                          "loss", Losses.meanSquaredError().of(prediction, Target.of(y)))
                      .output("prediction", prediction.values())
                      .output("state", days.state().h());
                })
            .optimizer(Sgd.rate(rate))
            .compile(precision));
  }

  /** Runs one epoch; returns the loss before its update. */
  public double update() {
    // The hidden state is carried over from epoch to epoch.
    double loss = step.run(Batch.empty().input("state", state));
    state = step.output("state");
    return loss;
  }

  /** Returns what was predicted in the last epoch, {@code [1, 1]}. */
  public Tensor prediction() {
    return step.output("prediction");
  }

  /** Returns forward, backward and update. */
  public TrainingStep step() {
    return step;
  }
}
