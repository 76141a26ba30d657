package dev.rnn4j.train;

/** Whether training is to end: somebody said so, or has interrupted the thread that trains. */
final class StopSign {
  private volatile boolean set;

  void set() {
    set = true;
  }

  /** Returns whether to stop, asked by the thread that trains; takes an interruption as a stop. */
  boolean isSet() {
    if (Thread.interrupted()) {
      set = true;
    }
    return set;
  }
}
