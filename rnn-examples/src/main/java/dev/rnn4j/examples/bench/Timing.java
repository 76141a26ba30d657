package dev.rnn4j.examples.bench;

/**
 * How long to measure. Vector code is a hundred times slower before it is compiled, and compilers
 * count by runs: a way is warm after so many runs, or where a run is long, after so much time.
 *
 * @param warmRuns the runs after which a way is warm
 * @param leastWarmNanos the time that it is run for at least
 * @param mostWarmNanos the time after which it is warm with fewer runs
 * @param turns the most turns
 * @param leastTurns the fewest turns
 * @param turnNanos the time that a turn is to take: short, so that most turns pass without the
 *     system giving the core to somebody else
 * @param nanos the time that all turns together may take
 * @param clock what tells the time
 */
public record Timing(
    int warmRuns,
    long leastWarmNanos,
    long mostWarmNanos,
    int turns,
    int leastTurns,
    long turnNanos,
    long nanos,
    Clock clock) {
  private static final long SECOND = 1_000_000_000L;

  /** For numbers that are told. */
  public static final Timing FULL =
      new Timing(30_000, 2 * SECOND, 6 * SECOND, 1001, 15, 200_000, 6 * SECOND, Clock.WALL);

  /** For what is told beside other numbers: a second of it. */
  public static final Timing SHORT =
      new Timing(1000, SECOND / 2, SECOND, 51, 5, 0, SECOND / 2, Clock.WALL);

  /** For a look, and for tests of the commands. */
  public static final Timing QUICK =
      new Timing(200, SECOND / 100, SECOND / 10, 51, 3, 100_000, SECOND / 10, Clock.WALL);

  /** Returns how long to wait for kernels that are not warm yet: not where a look is enough. */
  long mostColdNanos() {
    return nanos > SHORT.nanos ? 60 * SECOND : 0;
  }

  /** Returns how many JVMs to start. */
  int starts() {
    return nanos > SHORT.nanos ? 11 : 1;
  }

  /** Returns in how many JVMs JMH is to measure. */
  int forks() {
    return nanos > SHORT.nanos ? 2 : 1;
  }

  /** Returns how long JMH is to measure at a time. */
  long jmhMillis() {
    return nanos > SHORT.nanos ? 500 : 20;
  }

  /** Returns this, or where it is longer than a second, that. */
  Timing shorter() {
    return nanos > SHORT.nanos ? SHORT.by(clock) : this;
  }

  /** Returns the same by another clock. */
  Timing by(Clock other) {
    return new Timing(
        warmRuns, leastWarmNanos, mostWarmNanos, turns, leastTurns, turnNanos, nanos, other);
  }
}
