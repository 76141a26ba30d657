package dev.rnn4j.train.internal.run;

/** Whether training is to end: somebody said so, or has interrupted the thread that trains. */
public final class StopSign {
  private volatile boolean set;

  public void set() {
    set = true;
  }

  /** Returns whether to stop, asked by the thread that trains; takes an interruption as a stop. */
  public boolean isSet() {
    if (Thread.interrupted()) {
      set = true;
    }
    return set;
  }
}
