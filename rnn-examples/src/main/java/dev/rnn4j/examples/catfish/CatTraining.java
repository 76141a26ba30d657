package dev.rnn4j.examples.catfish;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;

/**
 * One epoch of the document as a training step: four days in, the fifth to be predicted.
 *
 * @param prediction {@code [1, 1]}
 * @param step forward, backward and update
 */
public record CatTraining(Node prediction, TrainingStep step) {
  /** Draws a network, and compiles its training. */
  public static CatTraining of(NumpyRandom random, double rate, Precision precision) {
    CatNetwork network = CatNetwork.draw(random);
    Node timeline =
        Node.constant(Tensor.of(new double[][][] {{{0.25}}, {{0.50}}, {{0.75}}, {{1.00}}}));
    Node y = Node.constant(Tensor.of(new double[][] {{1.25}}));

    // The hidden state is carried over from epoch to epoch.
    Input before = Input.of("state", 1, CatNetwork.HIDDEN_SIZE);
    Unrolled<CatCell.State> days =
        network.recurrent().unroll(Signal.of(timeline), new CatCell.State(before));
    Node prediction = network.output().apply(days.last().values());

    TrainingStep step =
        TrainingStep.minimize(Losses.meanSquaredError().of(prediction, y).mean(), network)
            .optimizer(Sgd.rate(rate))
            .carry(days.state().h(), before)
            .output(prediction)
            .compile(precision);
    return new CatTraining(prediction, step);
  }
}
