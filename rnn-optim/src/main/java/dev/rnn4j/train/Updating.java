package dev.rnn4j.train;

import dev.rnn4j.io.Batch;
import java.util.Iterator;

/** How batches become updates. */
interface Updating {
  /** What an update is made from. */
  interface Update {
    /** Returns the loss, and leaves the gradients with the step. */
    double compute();

    /** Returns the batches that it is made from. */
    Batch[] batches();
  }

  /** Refuses a step that cannot be updated so. */
  default void check(TrainingStep step) {}

  /**
   * Takes the next batches, and hands out the updates that they make, one after the other.
   *
   * @param sink makes the update; returns whether there may be more
   */
  void train(TrainingStep step, Iterator<Batch> batches, Sink sink);

  /** What makes updates. */
  interface Sink {
    /** Makes an update; returns whether another one may follow. */
    boolean update(Update update);
  }
}
