package dev.rnn4j.plan.internal;

import static com.google.common.base.Preconditions.checkArgument;

/** How many threads a run has. */
public final class Threads {
  private static final String PROPERTY = "rnn.threads";

  /** The work that is worth a thread, in elements: some microseconds. */
  private static final long LEAST_WORK = 16_384;

  private Threads() {}

  /**
   * Returns the number asked for.
   *
   * @throws IllegalArgumentException where it is not from 1 to 256
   */
  public static int checked(int count) {
    checkArgument(
        count >= 1 && count <= Team.MOST, "%s threads are not from 1 to %s", count, Team.MOST);
    return count;
  }

  /**
   * Returns the number in the system property {@code rnn.threads}, or that of the processors.
   *
   * @throws IllegalArgumentException where the property is no such number
   */
  public static int byDefault() {
    String asked = System.getProperty(PROPERTY);
    if (asked == null) {
      return Math.min(Team.MOST, Runtime.getRuntime().availableProcessors());
    }
    checkArgument(
        asked.matches("[0-9]{1,3}") && inRange(Integer.parseInt(asked)),
        "%s is '%s'; it must be a number from 1 to %s",
        PROPERTY,
        asked,
        Team.MOST);
    return Integer.parseInt(asked);
  }

  private static boolean inRange(int count) {
    return count >= 1 && count <= Team.MOST;
  }

  /** Returns the work that is worth a thread; tests ask for less. */
  static long leastWork() {
    return Long.getLong("rnn.threads.work", LEAST_WORK);
  }
}
