package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.kernel.Switch;
import dev.rnn4j.runtime.Team;

/**
 * How many threads take part in a run. All runs of a process share one team of them, which serves
 * one run at a time, and sleeps between runs.
 */
public final class Threads {
  private Threads() {}

  /**
   * Returns the number of threads where a builder is told no other: the system property {@code
   * rnn.threads}, or the number of processors.
   *
   * @throws IllegalArgumentException as {@link Switch#check}
   */
  public static int byDefault() {
    int processors = Runtime.getRuntime().availableProcessors();
    return Switch.THREADS.number(Math.min(Team.MOST, processors));
  }

  /**
   * Returns the number asked for.
   *
   * @throws IllegalArgumentException where it is not from 1 to 256
   */
  public static int checked(int count) {
    checkArgument(
        count >= 1 && count <= Team.MOST,
        "a run has from 1 to %s threads, and not %s",
        Team.MOST,
        count);
    return count;
  }
}
