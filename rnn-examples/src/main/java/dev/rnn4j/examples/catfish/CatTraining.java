package dev.rnn4j.examples.catfish;

import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;

/**
 * One epoch of the document as a training step: four days in, the fifth to be predicted. The hidden
 * state is carried over from epoch to epoch.
 */
public final class CatTraining {
  private static final Batch DAYS =
      Batch.of(
          Tensor.of(new double[][][] {{{0.25}}, {{0.50}}, {{0.75}}, {{1.00}}}),
          Tensor.of(new double[][] {{1.25}}));

  private final TrainingStep step;

  private CatTraining(TrainingStep step) {
    this.step = step;
  }

  /** Draws a network, and compiles its training. */
  public static CatTraining of(NumpyRandom random, double rate, Precision precision) {
    return new CatTraining(
        TrainingStep.of(CatNetwork.draw(random), Losses.meanSquaredError())
            .optimizer(Sgd.rate(rate))
            .carryStates()
            .compile(precision));
  }

  /** Runs one epoch; returns the loss before its update. */
  public double update() {
    return step.run(DAYS);
  }

  /** Returns what was predicted in the last epoch, {@code [1, 1]}. */
  public Tensor prediction() {
    return step.prediction();
  }

  /** Returns forward, backward and update. */
  public TrainingStep step() {
    return step;
  }
}
