package dev.rnn4j.examples.bench;

import dev.rnn4j.kernel.Kernels;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleSupplier;

/**
 * Several ways to do the same, timed in turns in one process, so that whatever else the computer
 * does slows all of them alike. Their medians are compared.
 */
public final class Turns {
  private static final int TOGETHER = 100;

  /** What the ways return is kept here, so that no compiler leaves them out. */
  private static volatile double sink;

  private Turns() {}

  /** Returns the median time of one run of each way, in microseconds. */
  public static double[] medianMicros(Timing timing, DoubleSupplier... ways) {
    return medianMicros(timing, List.of(ways));
  }

  /** Returns the median time of one run of each way, in microseconds. */
  public static double[] medianMicros(Timing timing, List<DoubleSupplier> ways) {
    return medianMicros(timing, 0, ways);
  }

  /**
   * Returns the median time of one run of each way, in microseconds.
   *
   * @param leadMillis where it is not 0, for how long each turn begins with runs that do not count:
   *     some libraries' threads go on waiting for more work at full speed, on the cores that the
   *     others need, and cores that were idle are slow at first
   */
  public static double[] medianMicros(
      Timing timing, int leadMillis, List<? extends DoubleSupplier> ways) {
    int[] runs = new int[ways.size()];
    double nanosOfTurn = 0;
    for (int way = 0; way < runs.length; way++) {
      double nanos = 1e3 * warmUp(timing, ways.get(way));
      runs[way] = (int) Math.max(1, timing.turnNanos() / nanos);
      nanosOfTurn += runs[way] * nanos + (leadMillis == 0 ? 0 : 1e6 * leadMillis + nanos);
    }
    double affordable = timing.nanos() / nanosOfTurn;
    int turns = (int) Math.max(timing.leastTurns(), Math.min(timing.turns(), affordable));
    double[][] micros = new double[runs.length][turns];
    for (int turn = 0; turn < turns; turn++) {
      for (int way = 0; way < runs.length; way++) {
        lead(leadMillis, ways.get(way));
        micros[way][turn] = micros(timing.clock(), ways.get(way), runs[way]);
      }
    }
    return Arrays.stream(micros).mapToDouble(times -> quantile(0.5, times)).toArray();
  }

  /**
   * Returns the times of single runs of two ways in nanoseconds. They take turns by the hundred:
   * each finds in the caches what it left there.
   */
  static double[][] eachNanos(Timing timing, DoubleSupplier way, DoubleSupplier other) {
    warmUp(timing, way);
    double micros = warmUp(timing, other) + micros(timing.clock(), way, TOGETHER);
    double affordable = timing.nanos() / 1e3 / micros / TOGETHER;
    int turns = (int) Math.max(timing.leastTurns(), Math.min(timing.turns(), affordable));
    double[][] nanos = new double[2][turns * TOGETHER];
    for (int turn = 0; turn < turns; turn++) {
      each(way, nanos[0], turn * TOGETHER);
      each(other, nanos[1], turn * TOGETHER);
    }
    return nanos;
  }

  private static void each(DoubleSupplier way, double[] nanos, int from) {
    double sum = 0;
    for (int run = 0; run < TOGETHER; run++) {
      long start = System.nanoTime();
      sum += way.getAsDouble();
      nanos[from + run] = System.nanoTime() - start;
    }
    sink = sum;
  }

  private static void lead(int millis, DoubleSupplier way) {
    long start = System.nanoTime();
    while (System.nanoTime() - start < 1_000_000L * millis) {
      micros(Clock.WALL, way, 1);
    }
  }

  /** Returns the value below which a part of the values lies. */
  public static double quantile(double part, double... values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) (part * (sorted.length - 1) + 0.5)];
  }

  /** Returns what a run takes at the end of as many as compilers need. */
  private static double warmUp(Timing timing, DoubleSupplier way) {
    long start = timing.clock().nanos();
    long nanos = 0;
    int count = 0;
    double last = Double.POSITIVE_INFINITY;
    for (int runs = 0; isCold(timing, runs, nanos); runs += count) {
      count = last < 100 ? 100 : 1;
      last = micros(timing.clock(), way, count);
      nanos = timing.clock().nanos() - start;
    }
    return last;
  }

  private static boolean isCold(Timing timing, int runs, long nanos) {
    return runs == 0
        || nanos < timing.leastWarmNanos()
        || (runs < timing.warmRuns() && nanos < timing.mostWarmNanos())
        || (!Kernels.areWarm() && nanos < timing.mostColdNanos());
  }

  private static double micros(Clock clock, DoubleSupplier way, int runs) {
    if (way instanceof SelfTimed timed) {
      return timed.nanos(clock, runs) / 1e3 / runs;
    }
    double sum = 0;
    long start = clock.nanos();
    for (int run = 0; run < runs; run++) {
      sum += way.getAsDouble();
    }
    long nanos = clock.nanos() - start;
    sink = sum;
    return nanos / 1e3 / runs;
  }
}
