package dev.rnn4j.train.internal.run;

/** How long a training has taken, in all processes: by a clock that nobody can change. */
public final class Watch {
  private final long start = System.nanoTime();
  private long before;

  public long nanos() {
    return before + System.nanoTime() - start;
  }

  /** Adds what it took before this process. */
  public void goOnFrom(long nanos) {
    before = nanos;
  }
}
