package dev.rnn4j.examples.bench;

import dev.rnn4j.examples.catfish.CatTraining;
import dev.rnn4j.examples.classifier.ClassifierTraining;
import dev.rnn4j.examples.counting.CountingTraining;
import dev.rnn4j.examples.stackedsequence.ReadoutCell;
import dev.rnn4j.examples.stackedsequence.SequenceTraining;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.TrainingStep;
import java.util.ArrayList;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * One update of a document's network by its plan, and by plain Java written by hand for it. Both
 * begin with the same parameters and return the loss before the update.
 *
 * @param name the scenario
 * @param sizes the sizes of its batch
 * @param step the plan's training step
 * @param plan runs it on the next data
 * @param plain does the same by hand
 * @param numpyMicros what the document's loop took once, on another computer, NaN where that was
 *     not measured: {@link #NUMPY}
 */
record Contest(
    String name,
    Sizes sizes,
    TrainingStep step,
    DoubleSupplier plan,
    DoubleSupplier plain,
    double numpyMicros) {
  /** How the times of NumPy were measured. */
  static final String NUMPY =
      "NumPy 2.4 and CPython 3.11 on two cores of a Zen 5 server, in November 2026";

  private static final int SEED = 1234;

  /**
   * Returns the contests of all documents, with new parameters, after one with next to nothing to
   * compute: what a run of its plan takes, a run of every plan takes.
   */
  static List<Contest> all() {
    return List.of(
        smallest(), catFish(), countingLinear(), stackedSequence(), classifier(), weather());
  }

  /** One weight and a bias. */
  private static Contest smallest() {
    double rate = 0.1;
    Dense layer = Dense.of(1, 1, new NumpyRandom(SEED));
    TrainingStep step =
        TrainingStep.of(layer, Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(rate))
            .compile(Precision.FLOAT64);
    Batch point = Batch.of(Tensor.of(new double[][] {{2}}), Tensor.of(new double[][] {{3}}));
    double[] line = {layer.weight().initial().item(), 0};
    return new Contest(
        "smallest",
        new Sizes(1, 1, 1, 1),
        step,
        () -> step.run(point),
        () -> {
          double difference = 2 * line[0] + line[1] - 3;
          line[0] -= rate * 2 * difference;
          line[1] -= rate * difference;
          return 0.5 * difference * difference;
        },
        Double.NaN);
  }

  private static Contest catFish() {
    double rate = 0.01;
    CatTraining training = CatTraining.of(new NumpyRandom(SEED), rate, Precision.FLOAT64);
    PlainCat plain = new PlainCat(new NumpyRandom(SEED), rate);
    return new Contest(
        "cat-fish", new Sizes(1, 4, 1, 2), training.step(), training::update, plain, 36);
  }

  private static Contest countingLinear() {
    CountingTraining training = CountingTraining.linear(0.2, 1.5, Precision.FLOAT64);
    PlainCounting plain = new PlainCounting(0.2, 1.5);
    return new Contest(
        "counting-linear", new Sizes(3, 3, 1, 1), training.step(), training::update, plain, 28);
  }

  private static Contest stackedSequence() {
    double rate = 5e-3;
    double[][] x = windows(3, 1);
    double[][] y = targets(3);
    SequenceTraining training =
        new SequenceTraining(new NumpyRandom(SEED), Sgd.rate(rate), Precision.FLOAT64);
    NumpyRandom random = new NumpyRandom(SEED);
    PlainStack first = PlainStack.ofSequence(random);
    PlainStack second = PlainStack.ofSequence(random);
    return new Contest(
        "stacked-sequence",
        new Sizes(1, 3, 1, 7),
        training.step(),
        inTurn(batches(x, y), training.step()),
        inTurn(x, y, (xs, ys) -> first.update(xs, ys, rate) + second.update(xs, ys, rate)),
        249);
  }

  private static Contest classifier() {
    double rate = 0.5;
    ClassifierTraining training =
        ClassifierTraining.of(new NumpyRandom(SEED), rate, Precision.FLOAT64);
    PlainClassifier plain = new PlainClassifier(new NumpyRandom(SEED), rate);
    return new Contest(
        "classifier", new Sizes(4, 6, 3, 5), training.step(), training::update, plain, Double.NaN);
  }

  private static Contest weather() {
    double rate = 1e-4;
    Recurrent<ReadoutCell.State> network =
        new Recurrent<>(ReadoutCell.draw(3, 4, 1, new NumpyRandom(SEED)));
    TrainingStep step =
        TrainingStep.of(network, Losses.halfSumOfSquares())
            .optimizer(Sgd.rate(rate))
            .compile(Precision.FLOAT64);
    PlainStack plain = new PlainStack(new PlainReadout(7, 3, 4, new NumpyRandom(SEED)));
    return new Contest(
        "weather",
        new Sizes(1, 7, 3, 4),
        step,
        inTurn(batches(windows(7, 3), targets(7)), step),
        inTurn(windows(7, 3), targets(7), (xs, ys) -> plain.update(xs, ys, rate)),
        137);
  }

  private static List<Batch> batches(double[][] windows, double[][] targets) {
    List<Batch> batches = new ArrayList<>();
    for (int i = 0; i < windows.length; i++) {
      int steps = targets[i].length;
      batches.add(
          Batch.of(
              Tensor.of(Shape.of(steps, 1, windows[i].length / steps), windows[i]),
              Tensor.of(Shape.of(steps, 1, 1), targets[i])));
    }
    return batches;
  }

  private static DoubleSupplier inTurn(List<Batch> batches, TrainingStep step) {
    int[] next = {0};
    return () -> {
      int window = next[0];
      next[0] = window + 1 == batches.size() ? 0 : window + 1;
      return step.run(batches.get(window));
    };
  }

  /** An update on one window. */
  private interface Update {
    double on(double[] inputs, double[] targets);
  }

  private static DoubleSupplier inTurn(double[][] inputs, double[][] targets, Update update) {
    int[] next = {0};
    return () -> {
      int window = next[0];
      next[0] = window + 1 == inputs.length ? 0 : window + 1;
      return update.on(inputs[window], targets[window]);
    };
  }

  private static double[][] windows(int steps, int features) {
    return new NumpyRandom(1).randn(7, steps * features).toMatrix();
  }

  private static double[][] targets(int steps) {
    double[][] targets = new NumpyRandom(2).randn(7, steps).toMatrix();
    for (double[] window : targets) {
      for (int t = 0; t < steps; t++) {
        window[t] = 54 + 3 * window[t];
      }
    }
    return targets;
  }
}
