package dev.rnn4j.train;

import java.time.Duration;
import java.util.OptionalDouble;

/** A training under way, in the hands of its listeners. */
public interface Training {
  /** Returns the step that is trained: its model, weights, rate and checkpoint. */
  TrainingStep step();

  /** Returns the number of the epoch under way, from 1. */
  int epoch();

  /** Returns how many epochs there will be at most, or 0 where their number has no limit. */
  int epochLimit();

  /** Returns how many updates were made in this training. */
  long updates();

  /** Returns how many updates there will be at most, or 0 where their number has no limit. */
  long updateLimit();

  /** Returns how long this training has taken so far. */
  Duration elapsed();

  /** Returns how much of all is done, from 0 to 1, where that is known. */
  OptionalDouble part();

  /** Returns what was found so far; its ending is {@link History.Ending#UNDER_WAY}. */
  History history();

  /** Ends training after the update under way. */
  void stop();
}
