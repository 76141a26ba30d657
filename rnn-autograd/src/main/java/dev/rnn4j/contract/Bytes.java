package dev.rnn4j.contract;

import com.sun.management.ThreadMXBean;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import java.lang.management.ManagementFactory;
import java.util.List;

/** The bytes that a run allocates. */
final class Bytes {
  private Bytes() {}

  /**
   * Returns the fewest bytes of some runs: the first ones make what is made once.
   *
   * @return 0 where this JVM does not count
   */
  static long least(Trial<?> trial, Precision precision, int runs) {
    if (!(ManagementFactory.getThreadMXBean() instanceof ThreadMXBean bean)) {
      return 0;
    }
    List<Node> results = trial.results();
    Session session = trial.session(precision, 1, results, null);
    long least = Long.MAX_VALUE;
    for (int run = 0; run < runs && least > 0; run++) {
      long before = bean.getCurrentThreadAllocatedBytes();
      session.run();
      least = Math.min(least, bean.getCurrentThreadAllocatedBytes() - before);
    }
    return least;
  }
}
