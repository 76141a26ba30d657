package dev.rnn4j.train.internal.memory;

/** What of the heap is free. */
public final class Heap {
  private Heap() {}

  /**
   * Refuses what does not fit.
   *
   * @param what what is to be there
   * @param bytes those that it takes
   * @param released those that are given back for it
   * @throws IllegalStateException with the numbers
   */
  public static void require(Object what, long bytes, long released) {
    if (bytes > free() + released) {
      System.gc(); // what is garbage is free as well
    }
    long free = free() + released;
    if (bytes > free) {
      throw new IllegalStateException(
          "training on "
              + what
              + " needs about "
              + Bytes.text(bytes)
              + ", and of the "
              + Bytes.text(Runtime.getRuntime().maxMemory())
              + " that Java may use "
              + Bytes.text(Math.max(0, free))
              + " are free: give the step a memory budget, memoryBudget(\"64MB\"), so that it runs"
              + " sequences in segments, or start java with a larger -Xmx, or run smaller batches"
              + " or shorter sequences");
    }
  }

  private static long free() {
    Runtime runtime = Runtime.getRuntime();
    return runtime.maxMemory() - (runtime.totalMemory() - runtime.freeMemory());
  }
}
