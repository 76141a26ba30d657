package dev.rnn4j.report;

import dev.rnn4j.train.History;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingStep;
import java.time.Duration;
import java.util.List;
import java.util.OptionalDouble;

/** A training that says what it is told to. */
final class Under implements Training {
  private final int epochs;
  private final long limit;
  private int epoch;
  private long updates;
  private double part = Double.NaN;
  private History history = new History(List.of(), List.of(), History.Ending.UNDER_WAY);

  Under(int epochs, long updateLimit) {
    this.epochs = epochs;
    this.limit = updateLimit;
  }

  Under at(int newEpoch, long newUpdates, double newPart) {
    epoch = newEpoch;
    updates = newUpdates;
    part = newPart;
    return this;
  }

  /** Lets it go on from an earlier run. */
  Under after(History earlier) {
    history = earlier;
    return this;
  }

  @Override
  public TrainingStep step() {
    throw new UnsupportedOperationException();
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int epochLimit() {
    return epochs;
  }

  @Override
  public long updates() {
    return updates;
  }

  @Override
  public long updateLimit() {
    return limit;
  }

  @Override
  public Duration elapsed() {
    return Duration.ofMillis(10);
  }

  @Override
  public OptionalDouble part() {
    return Double.isNaN(part) ? OptionalDouble.empty() : OptionalDouble.of(part);
  }

  @Override
  public History history() {
    return history;
  }

  @Override
  public void stop() {}
}
