package dev.rnn4j.train.internal.run;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Iterator;

/**
 * How batches become updates. Its state is where it is within a batch that makes several updates.
 */
public interface Updating extends Resumable {
  /** What an update is made from. */
  interface Update {
    /** Returns the loss, and leaves the gradients with the step. */
    double compute();

    /** Returns the batches that it is made from. */
    Batch[] batches();
  }

  /** Refuses a step that cannot be updated so. */
  default void check(GuardedEngine step) {}

  /**
   * Takes the next batches, and hands out the updates that they make, one after the other.
   *
   * @param sink makes the update; returns whether there may be more
   */
  void train(GuardedEngine step, Iterator<Batch> batches, Sink sink);

  /** Hears that no further batch of an epoch is taken. */
  default void endEpoch() {}

  /** What makes updates. */
  interface Sink {
    /** Makes an update; returns whether another one may follow. */
    boolean update(Update update);

    /**
     * Called after each update, when training can go on from the state of the step and of this.
     *
     * @param unfinished how many of the batches that were taken are needed again
     */
    void rest(int unfinished);
  }
}
