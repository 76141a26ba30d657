package dev.rnn4j.io;

/** What the first axes of a tensor in a batch are. */
public enum Axes {
  /** {@code [T, N, ...]}: a value at each step of each sequence. */
  TIME_BATCH,
  /** {@code [N, ...]}: a value for each sequence. */
  BATCH,
  /** Neither time steps nor sequences: the same for all of the batch. */
  NONE
}
