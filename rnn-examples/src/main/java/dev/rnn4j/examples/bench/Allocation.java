package dev.rnn4j.examples.bench;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.function.DoubleSupplier;

/** Measures how many bytes a run allocates on its thread. */
final class Allocation {
  private static final int RUNS = 100;

  private Allocation() {}

  /** Returns the bytes of one run, of something that has run often. */
  static long bytesPerRun(DoubleSupplier warm) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    threads.getCurrentThreadAllocatedBytes();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int run = 0; run < RUNS; run++) {
      warm.getAsDouble();
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
  }
}
