package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.loss.LossSum;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.Outcome;
import dev.rnn4j.train.TrainingStep;
import java.util.function.DoubleSupplier;
import java.util.stream.IntStream;

/**
 * The training step that all cells are measured by: the mean of the squares of all outputs, from a
 * state of zeros, and an update by a constant rate.
 */
public final class CellStep implements DoubleSupplier {
  /** The learning rate. */
  public static final double RATE = 0.01;

  private static final int SEED = 7;

  private final TrainingStep step;
  private final Batch batch;

  private CellStep(TrainingStep step, Batch batch) {
    this.step = step;
    this.batch = batch;
  }

  /** Traces, differentiates and compiles the step of a cell, and gives it its sequences. */
  public static CellStep of(Cell<?> cell, Sizes sizes, Precision precision, int threads) {
    return of(cell, sizes, precision, threads, RATE);
  }

  /** Does so with another learning rate. */
  static CellStep of(Cell<?> cell, Sizes sizes, Precision precision, int threads, double rate) {
    return of(cell, batch(sizes), precision, threads, Sgd.rate(rate));
  }

  /** Does so on one thread with another optimizer. */
  static CellStep of(Cell<?> cell, Sizes sizes, Precision precision, Optimizer optimizer) {
    return of(cell, batch(sizes), precision, 1, optimizer);
  }

  /** Returns the step over sequences of lengths from T/2 to T, padded behind. */
  static CellStep masked(Cell<?> cell, Sizes sizes, Precision precision, int threads) {
    return of(cell, batch(sizes).lengths(lengths(sizes)), precision, threads, Sgd.rate(RATE));
  }

  private static CellStep of(
      Cell<?> cell, Batch batch, Precision precision, int threads, Optimizer optimizer) {
    TrainingStep step = compile(cell, precision, threads, optimizer);
    step.warm(batch);
    return new CellStep(step, batch);
  }

  /** Compiles the step of a cell, whatever the size of its outputs, for batches to come. */
  static TrainingStep compile(Cell<?> cell, Precision precision, int threads, Optimizer optimizer) {
    Recurrent<?> layer = new Recurrent<>(cell);
    return TrainingStep.of(
            layer,
            feed ->
                Outcome.loss(
                    "mean square",
                    LossSum.total(layer.apply(feed.signal("x")).values().square().mean())))
        .optimizer(optimizer)
        .threads(threads)
        .compile(precision);
  }

  private static Batch batch(Sizes sizes) {
    Shape shape = Shape.of(sizes.t(), sizes.n(), sizes.i());
    return Batch.of(Tensor.of(shape, sequences(sizes)));
  }

  /** Returns lengths from T/2 to T. */
  private static int[] lengths(Sizes sizes) {
    Philox random = new Philox(SEED);
    return IntStream.range(0, sizes.n())
        .map(n -> sizes.t() - random.nextInt(sizes.t() / 2 + 1))
        .toArray();
  }

  /** Returns the sequences that all ways are given, [T, N, I]. */
  public static float[] sequences(Sizes sizes) {
    Philox random = new Philox(SEED);
    float[] x = new float[sizes.t() * sizes.n() * sizes.i()];
    for (int i = 0; i < x.length; i++) {
      x[i] = (float) random.nextGaussian();
    }
    return x;
  }

  @Override
  public double getAsDouble() {
    return step.run(batch);
  }

  /** Returns the compiled step. */
  public TrainingStep step() {
    return step;
  }

  /** Returns the batch that it runs. */
  public Batch batch() {
    return batch;
  }
}
