package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * A factor that falls when a metric does not get better any more: after more than {@code patience}
 * worse ones in a row it is multiplied, and counting begins anew. A metric is better where it is
 * below the best one so far; NaN never is.
 *
 * <pre>{@code
 * Plateau plateau = Schedule.onPlateau(0.5, 3).cooldown(1);
 * …
 * plateau.observe(validationLoss);
 * }</pre>
 *
 * <p>What it has seen is its {@link #state}: an object of this class belongs to one training, and
 * like the training to one thread.
 */
public final class Plateau implements Schedule {
  private final double factor;
  private final int patience;
  private int cooldown;
  private double gain;
  private boolean relative = true;
  private boolean largerIsBetter;
  private double lowest;
  private double leastFall;

  private double now = 1;
  private double best = Double.POSITIVE_INFINITY;
  private int worse;
  private int cooling;

  Plateau(double factor, int patience) {
    checkArgument(factor >= 0 && factor < 1, "the factor %s is not from 0 to below 1", factor);
    checkArgument(patience >= 0, "the patience %s is below 0", patience);
    this.factor = factor;
    this.patience = patience;
  }

  /** Lets so many metrics pass after each fall before worse ones count again. */
  public Plateau cooldown(int metrics) {
    checkArgument(metrics >= 0, "the cooldown %s is below 0", metrics);
    cooldown = metrics;
    return this;
  }

  /** Calls a metric better below best·(1 − part): by 1 % with 0.01. */
  public Plateau leastGain(double part) {
    checkArgument(part >= 0 && part < 1, "the gain %s is not from 0 to below 1", part);
    gain = part;
    relative = true;
    return this;
  }

  /** Calls a metric better below best − amount. */
  public Plateau leastGainOf(double amount) {
    checkArgument(
        amount >= 0 && amount < Double.POSITIVE_INFINITY,
        "the gain %s is not a finite number from 0 up",
        amount);
    gain = amount;
    relative = false;
    return this;
  }

  /** Calls a metric like accuracy better above best·(1 + part), or best + amount. */
  public Plateau largerIsBetter() {
    largerIsBetter = true;
    best = Double.NEGATIVE_INFINITY;
    return this;
  }

  /** Keeps the factor from falling below {@code factor}. */
  public Plateau atLeast(double factor) {
    checkArgument(factor >= 0 && factor <= 1, "the lowest factor %s is not from 0 to 1", factor);
    lowest = factor;
    return this;
  }

  /** Leaves the factor as it is where it would fall by no more than {@code least}. */
  public Plateau leastFall(double least) {
    checkArgument(least >= 0, "the least fall %s is not a number from 0 up", least);
    leastFall = least;
    return this;
  }

  @Override
  public double factor(long update) {
    return now;
  }

  @Override
  public void observe(long update, double metric) {
    observe(metric);
  }

  /** Takes notice of the next metric. */
  public void observe(double metric) {
    if (isBetter(metric)) {
      best = metric;
      worse = 0;
    } else {
      worse++;
    }
    if (cooling > 0) {
      cooling--;
      worse = 0;
    }
    if (worse > patience) {
      fall();
      cooling = cooldown;
      worse = 0;
    }
  }

  private boolean isBetter(double metric) {
    return largerIsBetter
        ? metric > (relative ? best * (1 + gain) : best + gain)
        : metric < (relative ? best * (1 - gain) : best - gain);
  }

  private void fall() {
    double next = Math.max(now * factor, lowest);
    if (now - next > leastFall) {
      now = next;
    }
  }

  /** Returns the factor of the moment, the best metric so far, and what is counted. */
  @Override
  public Map<String, Double> state() {
    return ImmutableMap.of(
        "factor", now, "best", best, "worse", (double) worse, "cooling", (double) cooling);
  }

  @Override
  public void restore(Map<String, Double> state) {
    States.checkNames(this, state);
    now = state.get("factor");
    best = state.get("best");
    worse = state.get("worse").intValue();
    cooling = state.get("cooling").intValue();
  }

  /** Returns all settings as text. */
  @Override
  public String toString() {
    return "on plateau "
        + factor
        + " patience "
        + patience
        + " cooldown "
        + cooldown
        + (largerIsBetter ? " larger is better" : "")
        + " gain "
        + gain
        + (relative ? " relative" : "")
        + " at least "
        + lowest
        + " least fall "
        + leastFall;
  }
}
