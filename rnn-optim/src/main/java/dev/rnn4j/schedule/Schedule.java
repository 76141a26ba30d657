package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A factor on every learning rate, for each update.
 *
 * <pre>{@code
 * Schedule.cosine(10_000, 0.01).warmup(500)
 * }</pre>
 */
@FunctionalInterface
public interface Schedule {
  /** Returns the factor of the update with this number, from 0; at least 0 and finite. */
  double factor(long update);

  /** Returns the schedule that changes nothing. */
  static Schedule constant() {
    return update -> 1;
  }

  /** Returns the schedule that multiplies by {@code factor} after every {@code updates} updates. */
  static Schedule stepwise(long updates, double factor) {
    checkArgument(updates > 0, "a stepwise schedule needs at least 1 update, not %s", updates);
    checkFactor(factor);
    return update -> Math.pow(factor, update / updates);
  }

  /**
   * Returns the schedule that falls along half a cosine from 1 to {@code last} over {@code updates}
   * updates, and stays there (Loshchilov and Hutter, "SGDR", 2017).
   */
  static Schedule cosine(long updates, double last) {
    checkArgument(updates > 0, "a cosine schedule needs at least 1 update, not %s", updates);
    checkFactor(last);
    return update -> {
      double part = Math.min(1, (double) update / updates);
      return last + (1 - last) * (1 + Math.cos(Math.PI * part)) / 2;
    };
  }

  /** Returns this schedule, its first {@code updates} updates scaled up evenly from near 0. */
  default Schedule warmup(long updates) {
    checkArgument(updates > 0, "a warm-up needs at least 1 update, not %s", updates);
    return update -> factor(update) * Math.min(1, (update + 1.0) / updates);
  }

  private static void checkFactor(double factor) {
    checkArgument(
        factor >= 0 && factor < Double.POSITIVE_INFINITY,
        "the factor %s is not a finite number from 0 up",
        factor);
  }
}
