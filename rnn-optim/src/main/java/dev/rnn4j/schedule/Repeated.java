package dev.rnn4j.schedule;

import java.util.Map;

/** The beginning of a schedule, over and over again. */
record Repeated(Schedule schedule, long updates) implements Schedule {
  @Override
  public double factor(long update) {
    return schedule.factor(update % updates);
  }

  @Override
  public double momentum(long update, double momentum) {
    return schedule.momentum(update % updates, momentum);
  }

  @Override
  public void observe(long update, double metric) {
    schedule.observe(update % updates, metric);
  }

  @Override
  public Map<String, Double> state() {
    return schedule.state();
  }

  @Override
  public void restore(Map<String, Double> state) {
    schedule.restore(state);
  }
}
