package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Symbols to be said again at the end, in their order: at the beginning with blanks behind them
 * (copying; Arjovsky, Shah and Bengio, "Unitary Evolution Recurrent Neural Networks", 2016), or
 * scattered among the blanks (selective copying; Gu and Dao, "Mamba", 2023).
 */
final class Recall extends SymbolTask {

  private final int kinds;
  private final int kept;
  private final int blanks;
  private final boolean scattered;

  private Recall(int kinds, int kept, int blanks, boolean scattered, int layers, int size) {
    super(kinds + 2, kinds, layers, size);
    this.kinds = kinds;
    this.kept = kept;
    this.blanks = blanks;
    this.scattered = scattered;
  }

  /** Ten of eight symbols, T blanks. */
  static Recall copying(int blanks) {
    return new Recall(8, 10, blanks, false, 1, 64);
  }

  /** Some of eight symbols among blanks; two layers. */
  static Recall selective(int kept, int blanks) {
    return new Recall(8, kept, blanks, true, 2, 32);
  }

  @Override
  public Batch batch(int sequences, RandomGenerator random) {
    int asked = kept + blanks;
    int steps = asked + kept;
    float[] x = new float[steps * sequences];
    float[] y = new float[x.length];
    float[] weights = new float[x.length];
    for (int n = 0; n < sequences; n++) {
      int left = kept;
      for (int t = 0; t < asked; t++) {
        boolean symbol = scattered ? random.nextInt(asked - t) < left : t < kept;
        x[t * sequences + n] = kinds; // a blank
        if (symbol) {
          int kind = random.nextInt(kinds);
          x[t * sequences + n] = kind;
          y[(asked + kept - left) * sequences + n] = kind;
          left--;
        }
      }
      for (int t = asked; t < steps; t++) {
        x[t * sequences + n] = kinds + 1; // asks for the next one
        weights[t * sequences + n] = 1;
      }
    }
    Shape shape = Shape.of(steps, sequences);
    return Batch.of(Tensor.of(shape, x), Tensor.of(shape, y)).weights(Tensor.of(shape, weights));
  }

  /** The part of the symbols that is right, in percent. */
  @Override
  public double score(Tensor prediction, Batch test) {
    Tensor weights = test.find(Batch.Role.WEIGHTS, "").orElseThrow();
    return 100 * Metrics.accuracy().add(prediction, test.y(), weights).value();
  }
}
