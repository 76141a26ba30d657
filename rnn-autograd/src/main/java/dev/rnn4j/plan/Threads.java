package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.plan.internal.run.Team;

/**
 * How many threads take part in a run. All runs of a process share one team of them, which serves
 * one run at a time, and sleeps between runs.
 */
public final class Threads {
  private static final String PROPERTY = "rnn.threads";

  private Threads() {}

  /**
   * Returns the number of threads where a builder is told no other: the system property {@code
   * rnn.threads}, or the number of processors.
   *
   * @throws IllegalArgumentException where the property is not a number from 1 to 256
   */
  public static int byDefault() {
    String asked = System.getProperty(PROPERTY);
    if (asked == null) {
      return Math.min(Team.MOST, Runtime.getRuntime().availableProcessors());
    }
    int count = asked.matches("\\d{1,9}") ? Integer.parseInt(asked) : 0;
    checkArgument(
        isPossible(count),
        "%s is '%s'; it must be a number from 1 to %s",
        PROPERTY,
        asked,
        Team.MOST);
    return count;
  }

  /**
   * Returns the number asked for.
   *
   * @throws IllegalArgumentException where it is not from 1 to 256
   */
  public static int checked(int count) {
    checkArgument(
        isPossible(count), "a run has from 1 to %s threads, and not %s", Team.MOST, count);
    return count;
  }

  private static boolean isPossible(int count) {
    return count >= 1 && count <= Team.MOST;
  }
}
