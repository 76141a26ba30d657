package dev.rnn4j.plan.internal.run;

import java.util.concurrent.atomic.AtomicBoolean;

/** Whose turn it is to use arrays: one run at a time, and nobody waits for another one to end. */
public final class Turn {
  /** Stands for one whom no user is. */
  private static final Object NOBODY = new Object();

  private final AtomicBoolean taken = new AtomicBoolean();

  /**
   * Who ran last, and nobody wrote since: what is in the arrays is theirs. Null before all that.
   */
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
   * Says that a user is about to write, for which arrays may have to grow: what another one left is
   * gone.
   *
   * @throws IllegalStateException where a run is under way
   */
  public void write(Object user) {
    checkFree();
    if (last != null && last != user) {
      last = NOBODY;
    }
  }

  /**
   * Checks that what a user left is still there.
   *
   * @throws IllegalStateException where another one ran or wrote since
   */
  public void checkLast(Object user) {
    if (last != null && last != user) {
      throw new IllegalStateException(
          "another session was set or ran with the arrays that this one shares, and what this one"
              + " left is gone: read outputs before that");
    }
  }

  private static IllegalStateException overlap() {
    return new IllegalStateException(
        "a session is used while it runs, or one that shares its arrays: give each thread a session"
            + " of its own");
  }
}
