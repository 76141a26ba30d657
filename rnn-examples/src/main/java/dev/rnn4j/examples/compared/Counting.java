package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.metric.Metrics;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * The sum of all symbols so far modulo m, asked for at every step: parity for m = 2. Trained on
 * sequences of 3 to 40 symbols, tried on 500, as by Delétang et al. ("Neural Networks and the
 * Chomsky Hierarchy", 2023), who ask at the end only.
 */
final class Counting extends SymbolTask {
  private static final int SHORTEST = 3;
  private static final int LONGEST = 40;
  private static final int TRIED = 500;
  private static final int BATCH = 64;
  private static final int TESTED = 200;

  private final int modulus;

  Counting(int modulus) {
    super(modulus, modulus, 1, 32);
    this.modulus = modulus;
  }

  @Override
  public Batch training(RandomGenerator random) {
    return batch(BATCH, random);
  }

  @Override
  public Batch test(RandomGenerator random) {
    return batch(TRIED, TESTED, random);
  }

  @Override
  public Batch batch(int sequences, RandomGenerator random) {
    return batch(SHORTEST + random.nextInt(LONGEST - SHORTEST + 1), sequences, random);
  }

  private Batch batch(int steps, int sequences, RandomGenerator random) {
    float[] x = new float[steps * sequences];
    float[] y = new float[x.length];
    for (int at = 0; at < x.length; at++) {
      int before = at < sequences ? 0 : (int) y[at - sequences];
      int symbol = random.nextInt(modulus);
      x[at] = symbol;
      y[at] = (before + symbol) % modulus;
    }
    Shape shape = Shape.of(steps, sequences);
    return Batch.of(Tensor.of(shape, x), Tensor.of(shape, y));
  }

  /** The part of all steps that is right, in percent. */
  @Override
  public double score(Tensor prediction, Batch test) {
    return 100 * Metrics.accuracy().add(prediction, test.y()).value();
  }
}
