package dev.rnn4j.kernel;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;

/** The bytes that a thread has allocated, where the JVM counts them. */
final class Allocation {
  private Allocation() {}

  /** Returns the bytes of this thread so far; always 0 where nobody counts. */
  static long ofThisThread() {
    try {
      return Counter.THREADS == null ? 0 : Counter.THREADS.getCurrentThreadAllocatedBytes();
    } catch (LinkageError | UnsupportedOperationException e) {
      return 0; // a runtime without the module jdk.management
    }
  }

  /** Apart, so that management is loaded when it is asked for. */
  private static final class Counter {
    static final ThreadMXBean THREADS =
        ManagementFactory.getThreadMXBean() instanceof ThreadMXBean threads
                && threads.isThreadAllocatedMemorySupported()
            ? threads
            : null;
  }
}
