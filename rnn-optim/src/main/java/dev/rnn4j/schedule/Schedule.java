package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.kernel.Powers;
import dev.rnn4j.kernel.Trigonometry;
import java.util.Arrays;
import java.util.Map;

/**
 * A factor on every learning rate, for each update; and where it {@linkplain #momentum says so},
 * the optimizer's momentum. Updates count from 0, and a schedule is a function of this number
 * alone: only {@link Plateau} remembers anything.
 *
 * <pre>{@code
 * Schedule.cosine(10_000, 0.01).warmup(500)
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {
  /** Returns the factor of the update with this number, from 0; at least 0 and finite. */
  double factor(long update);

  /**
   * Returns the momentum of the update with this number: unless overridden, the optimizer's own.
   *
   * @param momentum the optimizer's momentum; of those with several, the first moment's (β₁)
   */
  default double momentum(long update, double momentum) {
    return momentum;
  }

  /**
   * Takes notice of how well training goes: a loss on other data, for example. Does nothing unless
   * overridden.
   *
   * @param update the number of the update that was made last
   */
  default void observe(long update, double metric) {}

  /**
   * Returns what this schedule remembers, by name: a part of a checkpoint. Empty unless overridden.
   */
  default Map<String, Double> state() {
    return Map.of();
  }

  /**
   * Goes back to what {@link #state} returned.
   *
   * @throws IllegalArgumentException where the names are not those of this schedule's state;
   *     nothing is changed
   */
  default void restore(Map<String, Double> state) {
    States.checkNames(this, state);
  }

  // ---------------------------------------------------------------- composition

  /**
   * Returns the schedule whose first {@code updates} updates are this one's; then another one
   * follows, from its own beginning.
   */
  default Schedule then(long updates, Schedule next) {
    checkUpdates("a schedule before another one", updates);
    checkNotNull(next, "a schedule was given null as the next one");
    return new Sequence(this, updates, next);
  }

  /** Returns the first {@code updates} updates of this schedule, over and over again. */
  default Schedule repeated(long updates) {
    checkUpdates("a schedule that is repeated", updates);
    return new Repeated(this, updates);
  }

  /** Returns this schedule with a factor that can be changed while training goes on. */
  default Adjustable adjustable() {
    return new Adjustable(this);
  }

  /**
   * Returns this schedule after a warm-up of {@code updates} updates, whose factors rise evenly to
   * the one that this schedule begins with: they are 1/updates, 2/updates, … 1 of it. For another
   * beginning, write {@code linear(updates, first, 1).then(updates, this)}.
   */
  default Schedule warmup(long updates) {
    checkUpdates("a warm-up", updates);
    Schedule rise = update -> factor(0) * ((update + 1.0) / updates);
    return rise.then(updates, this);
  }

  // ---------------------------------------------------------------- the schedules

  /** Returns the schedule that changes nothing. */
  static Schedule constant() {
    return update -> 1;
  }

  /**
   * Returns factor^⌊u/updates⌋: multiplied by {@code factor} after every {@code updates} updates.
   */
  static Schedule stepwise(long updates, double factor) {
    checkUpdates("a stepwise schedule", updates);
    checkFactor(factor);
    return update -> Powers.whole(factor, update / updates);
  }

  /**
   * Returns the schedule that is multiplied by {@code factor} at each of some updates, from that
   * update on.
   */
  static Schedule stepwiseAt(double factor, long... updates) {
    checkFactor(factor);
    long[] sorted = updates.clone();
    Arrays.sort(sorted);
    return update -> {
      int passed = 0;
      while (passed < sorted.length && sorted[passed] <= update) {
        passed++;
      }
      return Powers.whole(factor, passed);
    };
  }

  /** Returns factor^u: multiplied by {@code factor} after each update. */
  static Schedule exponential(double factor) {
    checkFactor(factor);
    return update -> Powers.whole(factor, update);
  }

  /** Returns the straight line from {@code first} to {@code last}, which stays there. */
  static Schedule linear(long updates, double first, double last) {
    checkUpdates("a linear schedule", updates);
    checkFactor(first);
    checkFactor(last);
    return update -> alongLine(first, last, part(update, updates));
  }

  /**
   * Returns last + (1 − last)·(1 − u/updates)^power, which stays at {@code last}.
   *
   * @param power 1 for a straight line, more to fall sooner
   */
  static Schedule polynomial(long updates, double power, double last) {
    checkUpdates("a polynomial schedule", updates);
    checkArgument(
        power > 0 && power < Double.POSITIVE_INFINITY,
        "the power %s is not a finite number above 0",
        power);
    checkFactor(last);
    return update -> alongLine(last, 1, power(1 - part(update, updates), power));
  }

  /** {@link #cosine(long, double, double)} from 1. */
  static Schedule cosine(long updates, double last) {
    return cosine(updates, 1, last);
  }

  /**
   * Returns half a cosine from {@code first} to {@code last}, which stays there: last + (first −
   * last)·(1 + cos(π·u/updates))/2 (Loshchilov and Hutter, "SGDR: stochastic gradient descent with
   * warm restarts", 2017).
   */
  static Schedule cosine(long updates, double first, double last) {
    checkUpdates("a cosine schedule", updates);
    checkFactor(first);
    checkFactor(last);
    return update -> alongCosine(first, last, part(update, updates));
  }

  /**
   * Returns {@link #cosine(long, double)} that begins again from 1 whenever it has come to its end,
   * and takes {@code growth} times as long as before (Loshchilov and Hutter, 2017).
   *
   * @param updates how many updates the first one takes
   * @param growth a whole number from 1 up
   */
  static Schedule cosineRestarts(long updates, int growth, double last) {
    checkUpdates("a cosine schedule", updates);
    checkArgument(growth >= 1, "the growth %s is not a whole number from 1 up", growth);
    checkFactor(last);
    if (growth == 1) {
      return cosine(updates, last).repeated(updates);
    }
    return update -> {
      double length = updates;
      double rest = update;
      while (rest >= length) {
        rest -= length;
        length *= growth;
      }
      return alongCosine(1, last, rest / length);
    };
  }

  /**
   * Returns √(updates / (updates + u)). After as long a warm-up, {@code
   * inverseSquareRoot(n).warmup(n)}, it is the one of "Attention is all you need" (Vaswani et al.,
   * 2017), which falls like 1/√u.
   */
  static Schedule inverseSquareRoot(long updates) {
    checkUpdates("an inverse square root", updates);
    return update -> Math.sqrt(updates / ((double) updates + update));
  }

  /** Returns one cycle over so many updates, up to the optimizer's rate and down again. */
  static OneCycle oneCycle(long updates) {
    return OneCycle.of(updates);
  }

  /**
   * Returns the schedule that is multiplied by {@code factor} when more than {@code patience}
   * metrics in a row were no better than the best.
   */
  static Plateau onPlateau(double factor, int patience) {
    return new Plateau(factor, patience);
  }

  // ---------------------------------------------------------------- formulas

  /** Returns which part of a span has passed, from 0 to 1. */
  private static double part(long update, long updates) {
    return Math.min(1, (double) update / updates);
  }

  /** Returns what lies between two values, along a straight line. */
  static double alongLine(double first, double last, double part) {
    return part == 1 ? last : first + (last - first) * part;
  }

  /** Returns what lies between two values, along half a cosine. */
  static double alongCosine(double first, double last, double part) {
    return last + (first - last) * halfCosine(part);
  }

  /** Returns (1 + cos πp)/2 = cos²(πp/2), by the sine of an angle between 0 and π/4. */
  private static double halfCosine(double p) {
    double s = Trigonometry.sin(Math.PI / 2 * Math.min(p, 1 - p));
    return p <= 0.5 ? 1 - s * s : s * s;
  }

  /**
   * Returns x to some power, x from 0 to 1, without objects, as {@code StrictMath.pow} would not.
   */
  private static double power(double x, double power) {
    return power == Math.rint(power)
        ? Powers.whole(x, (long) power)
        : StrictMath.exp(power * StrictMath.log(x));
  }

  private static void checkUpdates(String what, long updates) {
    checkArgument(updates > 0, "%s needs at least 1 update, not %s", what, updates);
  }

  private static void checkFactor(double factor) {
    checkArgument(
        factor >= 0 && factor < Double.POSITIVE_INFINITY,
        "the factor %s is not a finite number from 0 up",
        factor);
  }
}
