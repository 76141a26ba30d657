package dev.rnn4j.schedule;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/**
 * A schedule whose factors somebody changes while training goes on: a listener, or a person. What
 * it was changed to is a part of checkpoints.
 *
 * <pre>{@code
 * Adjustable rate = Schedule.cosine(10_000, 0.01).adjustable();
 * rate.multiply(0.5); // from the next update on
 * }</pre>
 */
public final class Adjustable implements Schedule {
  private static final String FACTOR = "adjusted";
  private static final String INNER = "of/";

  private final Schedule schedule;
  private volatile double factor = 1;

  Adjustable(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Multiplies the factors of all updates to come, once more. */
  public void multiply(double by) {
    set(factor * by);
  }

  /** Multiplies the factors of all updates to come, whatever they were multiplied with before. */
  public void set(double newFactor) {
    checkArgument(
        newFactor >= 0 && newFactor < Double.POSITIVE_INFINITY,
        "the factor %s is not a finite number from 0 up",
        newFactor);
    factor = newFactor;
  }

  @Override
  public double factor(long update) {
    return factor * schedule.factor(update);
  }

  @Override
  public double momentum(long update, double momentum) {
    return schedule.momentum(update, momentum);
  }

  @Override
  public void observe(long update, double metric) {
    schedule.observe(update, metric);
  }

  @Override
  public Map<String, Double> state() {
    ImmutableMap.Builder<String, Double> state = ImmutableMap.builder();
    state.put(FACTOR, factor);
    schedule.state().forEach((name, value) -> state.put(INNER + name, value));
    return state.buildOrThrow();
  }

  @Override
  public void restore(Map<String, Double> state) {
    States.checkNames(this, state);
    schedule.restore(States.under(INNER, state));
    factor = state.get(FACTOR);
  }

  @Override
  public String toString() {
    return "adjustable " + schedule;
  }
}
