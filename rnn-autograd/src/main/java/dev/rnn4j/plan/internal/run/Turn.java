package dev.rnn4j.plan.internal.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whose turn it is to use arrays: one run at a time, and nobody waits for another one to end. */
public final class Turn {
  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * Begins a run.
   *
   * @throws IllegalStateException where another one is under way
   */
  public void begin() {
    if (!taken.compareAndSet(false, true)) {
      throw overlap();
    }
  }

  /** Ends the run. */
  public void end() {
    taken.set(false);
  }

  /**
   * Checks that no run is under way.
   *
   * @throws IllegalStateException where one is
   */
  public void checkFree() {
    if (taken.get()) {
      throw overlap();
    }
  }

  private static IllegalStateException overlap() {
    return new IllegalStateException(
        "a session is used while it runs, or one that shares its arrays: give each thread a session"
            + " of its own");
  }
}
