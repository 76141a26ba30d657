package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A sine of a frequency and a phase of its own, seen at irregular times: from the value at one
 * time, and the time until the next, the value there.
 */
final class IrregularOscillators extends NumberTask {
  private static final int STEPS = 50;
  private static final int SIZE = 32;

  /** A layer that does not see the time. */
  private record WithoutTime(Layer layer) implements Layer {
    @Override
    public Signal apply(Signal x) {
      return layer.apply(x.map(values -> values.slice(2, 0, 1)));
    }
  }

  @Override
  public Layer model(ComparedCell cell, RandomGenerator random) {
    Layer recurrent = new Recurrent<>(cell.of(1, SIZE, random));
    boolean timed = cell == ComparedCell.CFC || cell == ComparedCell.LSTM_WITH_TIME;
    Layer seen = timed ? recurrent : new WithoutTime(recurrent);
    return Stacked.of(seen, Dense.of(SIZE, 1, random));
  }

  /** Draws {@code x [T, N, 2]}, a value and the time until the next one, which is y. */
  @Override
  public Batch batch(int sequences, RandomGenerator random) {
    float[] x = new float[STEPS * sequences * 2];
    float[] y = new float[STEPS * sequences];
    for (int n = 0; n < sequences; n++) {
      double frequency = 0.5 + random.nextDouble();
      double phase = 2 * Math.PI * random.nextDouble();
      for (int t = 0; t < STEPS; t++) {
        double gap = 0.1 + 2.9 * random.nextDouble();
        int at = t * sequences + n;
        x[2 * at] = (float) StrictMath.sin(phase);
        x[2 * at + 1] = (float) gap;
        phase += frequency * gap;
        y[at] = (float) StrictMath.sin(phase);
      }
    }
    return Batch.of(
        Tensor.of(Shape.of(STEPS, sequences, 2), x), Tensor.of(Shape.of(STEPS, sequences, 1), y));
  }
}
