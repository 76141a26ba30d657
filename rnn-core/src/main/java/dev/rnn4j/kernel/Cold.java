package dev.rnn4j.kernel;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * A vector form of some code that is not warm yet, and the scalar form that does the work until it
 * is. Both are made, and warming begins, with the first use: nothing is made or compiled that
 * nobody needs.
 *
 * @param <F> the interface of both forms
 */
public final class Cold<F> {
  private final Supplier<F> makeScalar;
  private final Supplier<F> makeVector;
  private final Function<F, Runnable> rehearsal;
  private final Consumer<F> whenWarm;
  private volatile F scalar;

  /**
   * Creates it.
   *
   * @param scalar makes the scalar form
   * @param vector makes the vector form
   * @param rehearsal gives calls of a form
   * @param whenWarm puts the vector form to work
   */
  public Cold(
      Supplier<F> scalar,
      Supplier<F> vector,
      Function<F, Runnable> rehearsal,
      Consumer<F> whenWarm) {
    this.makeScalar = scalar;
    this.makeVector = vector;
    this.rehearsal = rehearsal;
    this.whenWarm = whenWarm;
  }

  /** Returns the scalar form; the first time, starts to warm the vector form. */
  public F scalar() {
    F made = scalar;
    return made == null ? make() : made;
  }

  private synchronized F make() {
    if (scalar == null) {
      F made = makeScalar.get();
      F vector = makeVector.get();
      scalar = made;
      WarmUp.start(
          new WarmUp.Race(
              rehearsal.apply(made), rehearsal.apply(vector), () -> whenWarm.accept(vector)));
    }
    return scalar;
  }
}
