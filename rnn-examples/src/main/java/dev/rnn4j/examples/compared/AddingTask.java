package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * The adding problem (Hochreiter and Schmidhuber, "Long short-term memory", 1997): of numbers
 * between 0 and 1, two are marked, one in each half, and their sum is asked for at the end.
 */
final class AddingTask extends NumberTask {
  private static final int SIZE = 32;

  private final int steps;

  AddingTask(int steps) {
    this.steps = steps;
  }

  /** Both inputs go into SIZE, for cells with inputs and outputs of one size. */
  @Override
  public Layer model(ComparedCell cell, RandomGenerator random) {
    return Stacked.of(
        Dense.of(2, SIZE, random),
        new Recurrent<>(cell.of(SIZE, SIZE, random)).last(),
        Dense.of(SIZE, 1, random));
  }

  @Override
  public Batch batch(int sequences, RandomGenerator random) {
    float[] x = new float[steps * sequences * 2];
    float[] y = new float[sequences];
    for (int i = 0; i < x.length; i += 2) {
      x[i] = random.nextFloat();
    }
    for (int n = 0; n < sequences; n++) {
      for (int half = 0; half < 2; half++) {
        int t = half * steps / 2 + random.nextInt(steps / 2);
        int at = 2 * (t * sequences + n);
        x[at + 1] = 1;
        y[n] += x[at];
      }
    }
    return Batch.of(
        Tensor.of(Shape.of(steps, sequences, 2), x), Tensor.of(Shape.of(sequences, 1), y));
  }
}
