package dev.rnn4j.kernel;

import java.util.function.Function;

/**
 * A vector form of some code that is not warm yet, and the scalar form that does the work until it
 * is. Warming begins with the first use, so that nothing is compiled that nobody needs.
 *
 * @param <F> the interface of both forms
 */
public final class Cold<F> {
  private final F scalar;
  private final F vector;
  private final Function<F, Runnable> rehearsal;
  private final Runnable whenWarm;
  private volatile boolean asked;

  /**
   * Creates it.
   *
   * @param rehearsal gives calls of a form
   * @param whenWarm puts the vector form to work
   */
  public Cold(F scalar, F vector, Function<F, Runnable> rehearsal, Runnable whenWarm) {
    this.scalar = scalar;
    this.vector = vector;
    this.rehearsal = rehearsal;
    this.whenWarm = whenWarm;
  }

  /** Returns the scalar form; the first time, starts to warm the vector form. */
  public F scalar() {
    if (!asked) {
      ask();
    }
    return scalar;
  }

  private synchronized void ask() {
    if (!asked) {
      asked = true;
      WarmUp.start(new WarmUp.Race(rehearsal.apply(scalar), rehearsal.apply(vector), whenWarm));
    }
  }
}
