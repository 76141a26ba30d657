package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.train.internal.step.Guard;

/**
 * One sequence that goes on with every call; it holds its states, and nothing else. Not
 * thread-safe: a stream belongs to one thread at a time, and refuses two at once.
 *
 * @see Streaming
 */
public final class Stream {
  private final Streaming model;
  private final Guard guard =
      new Guard("a stream is used by two calls at once: open one for each sequence");
  private double[][] states;

  Stream(Streaming model) {
    this.model = model;
    this.states = model.begin();
  }

  /**
   * Goes on by one step; allocates nothing.
   *
   * @param x the step's input
   * @param y where its output is written
   * @throws IllegalArgumentException where an array has not as many elements as the model reads or
   *     gives; the stream stays where it is
   */
  public void next(float[] x, float[] y) {
    checkGiven(x, y);
    try (Guard alone = guard.enter()) {
      model.step(states, x, y);
    }
  }

  /** Goes on by one step, as {@link #next(float[], float[])} does. */
  public void next(double[] x, double[] y) {
    checkGiven(x, y);
    try (Guard alone = guard.enter()) {
      model.step(states, x, y);
    }
  }

  private static void checkGiven(Object x, Object y) {
    checkNotNull(x, "a stream was given null as the input of a step");
    checkNotNull(y, "a stream was given null as the array for an output");
  }

  /** Begins a new sequence. */
  public void reset() {
    try (Guard alone = guard.enter()) {
      states = model.begin();
    }
  }
}
