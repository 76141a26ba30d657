package dev.rnn4j.examples.bench;

import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * Two ways to do the same, timed in turns in one process, so that whatever else the computer does
 * meets both; the medians are compared.
 *
 * @param micros the median time of one run of the first way
 * @param referenceMicros the median time of one run of the second way
 */
record Turns(double micros, double referenceMicros) {
  private static final int TURNS = 1001;
  private static final long WARM_UP_NANOS = 2_000_000_000L;

  /** Vector code is a hundred times slower before it is compiled, and counts by runs. */
  private static final int WARM_UP_RUNS = 30_000;

  /** Short, so that most turns pass without the system giving the core to somebody else. */
  private static final long TURN_NANOS = 200_000L;

  /** What the two ways return is kept here, so that no compiler leaves them out. */
  private static volatile double sink;

  static Turns of(DoubleSupplier way, DoubleSupplier reference) {
    int runs = warmUp(way);
    int referenceRuns = warmUp(reference);
    double[] micros = new double[TURNS];
    double[] referenceMicros = new double[TURNS];
    for (int turn = 0; turn < TURNS; turn++) {
      micros[turn] = micros(way, runs);
      referenceMicros[turn] = micros(reference, referenceRuns);
    }
    return new Turns(median(micros), median(referenceMicros));
  }

  /** Returns how many runs make a turn, after as many as compilers need. */
  private static int warmUp(DoubleSupplier way) {
    long end = System.nanoTime() + WARM_UP_NANOS;
    double micros = 0;
    for (int runs = 0; runs < WARM_UP_RUNS || System.nanoTime() < end; runs += 100) {
      micros = micros(way, 100);
    }
    return (int) Math.max(1, TURN_NANOS / 1000 / micros);
  }

  private static double micros(DoubleSupplier way, int runs) {
    double sum = 0;
    long start = System.nanoTime();
    for (int run = 0; run < runs; run++) {
      sum += way.getAsDouble();
    }
    long nanos = System.nanoTime() - start;
    sink = sum;
    return nanos / 1e3 / runs;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
