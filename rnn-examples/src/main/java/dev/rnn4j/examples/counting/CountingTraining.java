package dev.rnn4j.examples.counting;

import dev.rnn4j.cell.Activation;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;
import java.util.List;
import java.util.function.Supplier;

/**
 * One epoch of the document as a training step: all three sequences, one update.
 *
 * @param cell the weights
 * @param step forward, backward and update
 */
public record CountingTraining(CountingCell cell, TrainingStep step) {
  /** The sequences are constants of the graph: a batch has nothing, and is made once. */
  private static final Batch NOTHING = Batch.empty();

  /** Compiles the document's first half: every step is linear, each weight has its own rate. */
  public static CountingTraining linear(double wx, double wrec, Precision precision) {
    CountingCell cell = cell(wx, wrec, Activation.IDENTITY);
    Supplier<Node> prediction =
        () -> new Recurrent<>(cell).unroll(Signal.of(Sequences.x())).last().values();
    return of(cell, prediction, Sgd.rate(0).rate("wx", 0.02).rate("wrec", 0.0006), precision);
  }

  /** Compiles the document's second half: the hidden steps are sigmoid, the last one is linear. */
  public static CountingTraining sigmoid(double wx, double wrec, Precision precision) {
    CountingCell hidden = cell(wx, wrec, Activation.SIGMOID);
    CountingCell last = new CountingCell(hidden.wx(), hidden.wrec(), Activation.IDENTITY);
    return of(hidden, () -> prediction(hidden, last), Sgd.rate(0.001), precision);
  }

  private static Node prediction(CountingCell hidden, CountingCell last) {
    Node x = Sequences.x();
    Unrolled<CountingCell.State> before =
        Unroll.forward(hidden, Signal.of(x.slice(0, 0, 2)), hidden.initialState(3));
    return last.step(x.step(2), before.state()).output();
  }

  private static CountingCell cell(double wx, double wrec, Activation activation) {
    return new CountingCell(Parameter.of(Tensor.of(wx)), Parameter.of(Tensor.of(wrec)), activation);
  }

  private static CountingTraining of(
      CountingCell cell, Supplier<Node> model, Sgd sgd, Precision precision) {
    TrainingStep step =
        TrainingStep.of(
                cell,
                feed -> {
                  Node prediction = model.get();
                  return Outcome.loss(
                          "loss", Losses.meanSquaredError().of(prediction, Sequences.y()))
                      .output("prediction", prediction);
                })
            .optimizer(sgd)
            .compile(precision);
    return new CountingTraining(cell, step);
  }

  /** Trains on all sequences; returns the loss before the update. */
  public double update() {
    return step.run(NOTHING);
  }

  /** Computes predictions and gradients only; returns the loss. */
  double compute() {
    return step.compute(NOTHING);
  }

  /** Returns the counts of the last run, {@code [N]}. */
  Tensor predictions() {
    return step.output("prediction").reshape(3);
  }

  /** Returns wx. */
  Tensor wx() {
    return step.weights().get(cell.wx());
  }

  /** Returns wrec. */
  Tensor wrec() {
    return step.weights().get(cell.wrec());
  }

  /** Returns both weights, wx first. */
  List<Double> weights() {
    return List.of(wx().item(), wrec().item());
  }
}
