package dev.rnn4j.schedule;

import com.google.common.collect.ImmutableMap;
import java.util.Map;

/** One schedule for some updates, then another one from its own beginning. */
record Sequence(Schedule first, long updates, Schedule next) implements Schedule {
  private static final String FIRST = "first/";
  private static final String NEXT = "then/";

  @Override
  public double factor(long update) {
    return update < updates ? first.factor(update) : next.factor(update - updates);
  }

  @Override
  public double momentum(long update, double momentum) {
    return update < updates
        ? first.momentum(update, momentum)
        : next.momentum(update - updates, momentum);
  }

  @Override
  public void observe(long update, double metric) {
    if (update < updates) {
      first.observe(update, metric);
    } else {
      next.observe(update - updates, metric);
    }
  }

  @Override
  public Map<String, Double> state() {
    ImmutableMap.Builder<String, Double> both = ImmutableMap.builder();
    first.state().forEach((name, value) -> both.put(FIRST + name, value));
    next.state().forEach((name, value) -> both.put(NEXT + name, value));
    return both.buildOrThrow();
  }

  @Override
  public void restore(Map<String, Double> state) {
    States.checkNames(this, state);
    first.restore(States.under(FIRST, state));
    next.restore(States.under(NEXT, state));
  }
}
