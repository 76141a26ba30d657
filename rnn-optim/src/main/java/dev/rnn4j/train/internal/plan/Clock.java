package dev.rnn4j.train.internal.plan;

import dev.rnn4j.optimizer.Moment;
import dev.rnn4j.schedule.Schedule;

/** The moment of the next update. */
public final class Clock implements Moment {
  private final Schedule schedule;
  private long updates;
  private double factor;

  /** What somebody holds the factor at, or NaN. */
  private double held = Double.NaN;

  public Clock(Schedule schedule) {
    this.schedule = schedule;
  }

  /** Goes to an update; asks the schedule, which may refuse. */
  public void at(long update) {
    double now = isHeld() ? held : schedule.factor(update);
    if (!(now >= 0 && now < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException(
          "the schedule gives "
              + now
              + " for update "
              + update
              + ", which is not a finite number from 0 up");
    }
    updates = update;
    factor = now;
  }

  /** Holds the factor, whatever the schedule says; NaN lets the schedule say again. */
  public void hold(double newFactor) {
    held = newFactor;
  }

  private boolean isHeld() {
    return !Double.isNaN(held);
  }

  @Override
  public long update() {
    return updates;
  }

  @Override
  public double rate(double base) {
    return base * factor;
  }

  @Override
  public double momentum(double base) {
    return isHeld() ? base : schedule.momentum(updates, base);
  }
}
