package dev.rnn4j.train;

/** How long a training has taken, in all processes: by a clock that nobody can change. */
final class Watch {
  private final long start = System.nanoTime();
  private long before;

  long nanos() {
    return before + System.nanoTime() - start;
  }

  /** Adds what it took before this process. */
  void goOnFrom(long nanos) {
    before = nanos;
  }
}
