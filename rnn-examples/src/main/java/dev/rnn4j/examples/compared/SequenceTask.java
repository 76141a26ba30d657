package dev.rnn4j.examples.compared;

import dev.rnn4j.io.Batch;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/** Something to learn: sequences, a model around a cell, and a score. */
interface SequenceTask {
  /** Returns the network that holds the cell, with drawn weights. */
  Layer model(ComparedCell cell, RandomGenerator random);

  /** Draws so many sequences. */
  Batch batch(int sequences, RandomGenerator random);

  /** Draws sequences to learn from. */
  default Batch training(RandomGenerator random) {
    return batch(32, random);
  }

  /** Draws sequences to be tried on. */
  default Batch test(RandomGenerator random) {
    return batch(500, random);
  }

  /** Returns what is made small. */
  Loss loss();

  /** Returns how good predictions are. */
  double score(Tensor prediction, Batch test);
}
