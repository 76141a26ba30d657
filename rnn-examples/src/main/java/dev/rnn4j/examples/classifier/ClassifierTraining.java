package dev.rnn4j.examples.classifier;

import dev.rnn4j.batch.OneHot;
import dev.rnn4j.cell.Activation;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;

/**
 * The document's network, its one batch, and the update on it as a training step.
 *
 * @param labels the class of each sequence
 * @param recurrent the cell that reads the sequence
 * @param output from its last hidden state to the classes
 * @param batch the sequences, {@code [T, N, I]}, and their classes, one-hot
 * @param step forward, backward and update
 */
public record ClassifierTraining(
    int[] labels, ElmanCell recurrent, Dense output, Batch batch, TrainingStep step) {
  private static final int FEATURES = 3;
  private static final int NODES = 5;
  private static final int CLASSES = 2;
  private static final int BATCH = 4;
  private static final int SEQUENCES = 6;

  /** Draws network, data and labels in the document's order, and compiles the training. */
  public static ClassifierTraining of(NumpyRandom random, double rate, Precision precision) {
    Initializer normal = Initializers.normal(0.01);
    Parameter wx = Parameter.of(normal.create(Shape.of(FEATURES, NODES), random));
    Parameter wh = Parameter.of(normal.create(Shape.of(NODES, NODES), random));
    Parameter b = Parameter.of(Tensor.zeros(Shape.of(NODES)));
    Parameter wOut = Parameter.of(normal.create(Shape.of(NODES, CLASSES), random));
    Parameter bOut = Parameter.of(Tensor.zeros(Shape.of(CLASSES)));
    Tensor batch = random.randn(BATCH, SEQUENCES, FEATURES);
    int[] labels = random.choice(CLASSES, BATCH);

    ElmanCell cell = new ElmanCell(new Gate(wx, wh, b), Activation.TANH);
    Dense output = new Dense(wOut, bOut);
    Stacked model = Stacked.of(new Recurrent<>(cell).last(), output);

    // The document counts sequences first; a cell is unrolled over time first.
    Tensor x = Node.constant(batch).transpose(1, 0, 2).eval();
    Tensor y = Tensor.of(OneHot.classes(CLASSES).encode(labels));
    TrainingStep step =
        TrainingStep.of(
                model,
                feed -> {
                  Signal logits = model.apply(feed.signal("x"));
                  return Outcome.loss(
                          "cross-entropy",
                          Losses.softmaxCrossEntropy().of(logits, feed.target("y")))
                      .output("probabilities", logits.values().softmax());
                })
            .optimizer(Sgd.rate(rate))
            .compile(precision);
    return new ClassifierTraining(labels, cell, output, Batch.of(x, y), step);
  }

  /** Trains on the batch; returns the loss before the update. */
  public double update() {
    return step.run(batch);
  }

  /** Returns the probabilities of the last run, {@code [N, O]}. */
  Tensor outputProbabilities() {
    return step.output("probabilities");
  }
}
