package dev.rnn4j.contract;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The bytes that a run allocates. */
final class Bytes {
  private static final int WARM_RUNS = 3000;
  private static final long WARM_NANOS = 10_000_000_000L;
  private static final int SCALAR_RUNS = 20;

  private Bytes() {}

  /**
   * Returns the fewest bytes of runs by scalar kernels: the first ones make what is made once.
   *
   * @return 0 where this JVM does not count
   */
  static long leastWithScalars(Trial<?> trial, Precision precision) {
    return least(trial, precision, SCALAR_RUNS, 0);
  }

  /**
   * Returns the fewest bytes of runs in this JVM, whose kernels may be vectors that are not
   * compiled yet: what stays the same for so long is no warm-up.
   */
  static long leastWhenWarm(Trial<?> trial, Precision precision) {
    return least(trial, precision, WARM_RUNS, WARM_NANOS);
  }

  private static long least(Trial<?> trial, Precision precision, int runs, long nanos) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean)) {
      return 0;
    }
    List<Node> results = trial.results();
    Session session = trial.session(precision, 1, results, null);
    long least = Long.MAX_VALUE;
    long since = System.nanoTime();
    for (int run = 0; least > 0 && (run < runs || System.nanoTime() - since < nanos); run++) {
      long before = bean.getCurrentThreadAllocatedBytes();
      session.run();
      long bytes = bean.getCurrentThreadAllocatedBytes() - before;
      if (bytes < least) {
        least = bytes;
        since = System.nanoTime();
      }
    }
    return least;
  }
}
