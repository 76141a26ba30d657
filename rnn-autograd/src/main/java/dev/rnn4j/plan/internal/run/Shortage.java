package dev.rnn4j.plan.internal.run;

/** Says what was asked for, what there is, and the cure, where memory does not suffice. */
final class Shortage {
  private static final long MEGA = 1 << 20;

  private Shortage() {}

  /** Returns the error for an array of so many elements that there was no room for. */
  static OutOfMemoryError of(long elements, int bytes) {
    return new OutOfMemoryError(
        "a plan needs an array of "
            + (elements * bytes + MEGA - 1) / MEGA
            + " MB, and Java may use "
            + Runtime.getRuntime().maxMemory() / MEGA
            + " MB for everything; start java with a larger -Xmx, or run smaller batches or shorter"
            + " sequences");
  }
}
