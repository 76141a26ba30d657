package dev.rnn4j.train.internal.step;

import java.util.concurrent.atomic.AtomicBoolean;

/** Lets one call in at a time; another one that overlaps is refused, and does not wait. */
public final class Guard implements AutoCloseable {
  private final String what;
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * Creates a guard.
   *
   * @param what what is guarded, and the cure, for the error
   */
  public Guard(String what) {
    this.what = what;
  }

  /** Begins a call, which ends when the guard is closed. */
  public Guard enter() {
    if (!taken.compareAndSet(false, true)) {
      throw new IllegalStateException(what);
    }
    return this;
  }

  @Override
  public void close() {
    taken.set(false);
  }
}
