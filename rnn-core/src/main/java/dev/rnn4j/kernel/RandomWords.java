package dev.rnn4j.kernel;

/** Writes random words; see {@link FloatKernels#words}. */
@FunctionalInterface
public interface RandomWords {
  /** The words of a group: those of 16 counters, the first of each, then the second, and so on. */
  int GROUP = 64;

  /** The counters of a group. */
  int COUNTERS = GROUP / 4;

  /** Writes one group. */
  void write(long key, int group, int time, int sequence, int[] words);
}
