package dev.rnn4j.fuzz;

import java.util.ArrayList;
import java.util.List;

/**
 * Tries the graphs of many seeds, one after the other: {@code Fuzz FIRST COUNT}. What was tried is
 * said as it goes, so that a run that was stopped can be taken up again at a seed. A graph that
 * fails is printed with its seed and the simplest genes that still fail, and the run goes on.
 */
public final class Fuzz {
  private static final long SECONDS = 1_000_000_000L;
  private static final int REPORTED = 1000;

  private final List<Long> failed = new ArrayList<>();
  private final long begun = System.nanoTime();
  private long tensors;
  private long apart;
  private long along;

  private Fuzz() {}

  /** Tries {@code args[1]} seeds from {@code args[0]} on; ends with status 1 where any failed. */
  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    long count = Long.parseLong(args[1]);
    Fuzz fuzz = new Fuzz();
    for (long seed = first; seed < first + count; seed++) {
      fuzz.attempt(seed);
      long done = seed - first + 1;
      if (done % REPORTED == 0 || done == count) {
        fuzz.report(first, done);
      }
    }
    System.exit(fuzz.failed.isEmpty() ? 0 : 1);
  }

  private void attempt(long seed) {
    int[] genes = Genes.of(seed);
    try {
      int[] counts = Trial.run(new Genes(genes));
      tensors += counts[0];
      apart += counts[1];
      along += counts[2] > 0 ? 1 : 0;
    } catch (AssertionError e) {
      failed.add(seed);
      System.out.println("seed " + seed + " fails: " + e.getMessage());
      System.out.println("  simplest: " + message(simplest(genes)));
    }
  }

  private void report(long first, long done) {
    double seconds = (double) (System.nanoTime() - begun) / SECONDS;
    System.out.printf(
        "seeds %d to %d: %d graphs in %.0f s, %.1f a second; of %d tensors %d have no value to"
            + " compare; in %d, work runs along with loops; failed: %s%n",
        first, first + done - 1, done, seconds, done / seconds, tensors, apart, along, failed);
  }

  /** Returns simpler genes that fail as well: each in turn made 0, or less, while that is so. */
  private static int[] simplest(int[] genes) {
    int[] best = genes;
    for (int part = genes.length; part > 0; part /= 2) {
      for (int from = 0; from < genes.length; from += part) {
        int[] simpler = best.clone();
        for (int i = from; i < Math.min(from + part, genes.length); i++) {
          simpler[i] = 0;
        }
        best = message(simpler) == null ? best : simpler;
      }
    }
    return best;
  }

  /** Returns what is wrong with the graph of some genes; null where nothing is. */
  private static String message(int[] genes) {
    try {
      Trial.run(new Genes(genes));
      return null;
    } catch (AssertionError e) {
      return e.getMessage();
    }
  }
}
