package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.train.Stream;
import dev.rnn4j.train.Streaming;
import java.util.function.DoubleSupplier;

/** Runs a {@link LayerTask} by a plan of this library. */
final class OwnRun {
  private OwnRun() {}

  static DoubleSupplier of(LayerTask task, Cell<?> cell, Sizes sizes, int threads) {
    return switch (task) {
      case TRAINING -> CellStep.of(cell, sizes, Precision.FLOAT32, threads);
      case FORWARD -> forward(cell, sizes, threads);
      case STEP -> step(cell, sizes);
    };
  }

  private static DoubleSupplier forward(Cell<?> cell, Sizes sizes, int threads) {
    Input x = Input.of("x", sizes.t(), sizes.n(), sizes.i());
    Node y = new Recurrent<>(cell).apply(x).square().mean();
    Session session = Plan.of(y).threads(threads).compile(Precision.FLOAT32).session();
    float[] sequences = CellStep.sequences(sizes);
    float[] value = new float[1];
    return () -> {
      session.set(x, sequences).run().get(y, value);
      return value[0];
    };
  }

  private static DoubleSupplier step(Cell<?> cell, Sizes sizes) {
    Recurrent<?> layer = new Recurrent<>(cell);
    Weights weights = Weights.of(Precision.FLOAT32);
    Stream stream = Streaming.of(layer, weights, Shape.of(sizes.i())).open();
    float[] x = CellStep.sequences(sizes);
    float[] y = new float[sizes.h()];
    return () -> {
      stream.next(x, y);
      return y[0];
    };
  }
}
