package dev.rnn4j.train.internal.step;

/** How far a training has come. */
final class Counters {
  /** The number of updates that were made. */
  long updates;

  /** The number of sequences that took part in them. */
  long sequences;

  /** Counts an update. */
  void update(long count) {
    updates++;
    sequences += count;
  }
}
