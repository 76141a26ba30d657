package dev.rnn4j.plan.internal.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whose turn it is to use arrays: one run at a time, and nobody waits for another one to end. */
public final class Turn {
  private final AtomicBoolean taken = new AtomicBoolean();

  /** Who ran last: what is in the arrays is theirs. */
  private volatile Object last;

  /**
   * Begins a run.
   *
   * @param user who runs
   * @throws IllegalStateException where another one is under way
   */
  public void begin(Object user) {
    if (!taken.compareAndSet(false, true)) {
      throw overlap();
    }
    last = user;
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

  /**
   * Checks that what a user left is still there.
   *
   * @throws IllegalStateException where another one ran since
   */
  public void checkLast(Object user) {
    if (last != null && last != user) {
      throw new IllegalStateException(
          "another session ran with the arrays that this one shares, and what it left is gone: read"
              + " outputs before the next run");
    }
  }

  private static IllegalStateException overlap() {
    return new IllegalStateException(
        "a session is used while it runs, or one that shares its arrays: give each thread a session"
            + " of its own");
  }
}
