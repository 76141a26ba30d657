package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.optimizer.Sgd;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.TrainingStep;
import java.util.function.DoubleSupplier;

/**
 * The training step that all cells are measured by: the mean of the squares of all outputs, from a
 * state of zeros, and an update by a constant rate.
 */
public final class CellStep implements DoubleSupplier {
  /** The learning rate. */
  public static final double RATE = 0.01;

  private static final int SEED = 7;

  private final TrainingStep step;

  private CellStep(TrainingStep step) {
    this.step = step;
  }

  /** Traces, differentiates and compiles the step of a cell, and gives it its sequences. */
  public static CellStep of(Cell<?> cell, Sizes sizes, Precision precision, int threads) {
    return of(cell, sizes, precision, threads, RATE);
  }

  /** Does so with another learning rate. */
  static CellStep of(Cell<?> cell, Sizes sizes, Precision precision, int threads, double rate) {
    Input x = Input.of("x", sizes.t(), sizes.n(), sizes.i());
    Recurrent<?> layer = new Recurrent<>(cell);
    Node loss = layer.apply(x).square().mean();
    TrainingStep step =
        TrainingStep.minimize(loss, layer)
            .optimizer(Sgd.rate(rate))
            .threads(threads)
            .compile(precision);
    step.session().set(x, sequences(sizes));
    return new CellStep(step);
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
    return step.run();
  }

  /** Returns the compiled step. */
  public TrainingStep step() {
    return step;
  }
}
