package dev.rnn4j.optimizer;

/** The moment of an update: its number, and what the schedule makes of settings then. */
public interface Moment {
  /** Returns the number of the update, from 0. */
  long update();

  /** Returns a learning rate as the schedule changes it. */
  double rate(double base);

  /** Returns a momentum, or the decay of a first moment, as the schedule changes it. */
  double momentum(double base);
}
