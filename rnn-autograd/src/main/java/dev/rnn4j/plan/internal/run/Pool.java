package dev.rnn4j.plan.internal.run;

import dev.rnn4j.tensor.Precision;

/** Arrays for executables that run in turns: each overwrites what the others left. */
public interface Pool {
  /** Returns a pool of a precision, without arrays. */
  static Pool of(Precision precision) {
    return precision == Precision.FLOAT32 ? new FloatPool() : new DoublePool();
  }

  /** Returns whose turn it is. */
  Turn turn();

  /** Returns the bytes of all arrays. */
  long bytes();

  /** Lets go of all arrays; whoever runs next makes new ones. */
  void release();
}
