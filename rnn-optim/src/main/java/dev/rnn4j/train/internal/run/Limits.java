package dev.rnn4j.train.internal.run;

import static com.google.common.base.Preconditions.checkArgument;

import java.time.Duration;
import java.util.OptionalDouble;
import java.util.concurrent.TimeUnit;

/**
 * When training ends at the latest.
 *
 * @param epochs a number, or {@link #NONE}
 * @param updates a number, or {@link #NONE}
 * @param nanos the time in nanoseconds, or {@link #NONE}
 */
public record Limits(long epochs, long updates, long nanos) {
  public static final long NONE = Long.MAX_VALUE;

  /** One epoch, as long as nothing is said. */
  public static final Limits UNSAID = new Limits(NONE, NONE, NONE);

  public Limits epochs(int count) {
    checkArgument(count >= 0, "%s is no number of epochs", count);
    return new Limits(count, updates, nanos);
  }

  public Limits updates(long count) {
    checkArgument(count >= 0, "%s is no number of updates", count);
    return new Limits(epochs, count, nanos);
  }

  public Limits time(Duration time) {
    checkArgument(!time.isNegative(), "training cannot take %s", time);
    return new Limits(epochs, updates, TimeUnit.NANOSECONDS.convert(time));
  }

  /** Returns the limits that hold: one epoch where none was said. */
  public Limits said() {
    return equals(UNSAID) ? epochs(1) : this;
  }

  /** Returns whether no further update may begin. */
  public boolean end(long updatesMade, long nanosPassed) {
    return updatesMade >= updates || nanosPassed >= nanos;
  }

  /**
   * Returns how much of all is done: what the nearest limit says, where it is known.
   *
   * @param epochsDone with a part of the one under way, or NaN while an epoch's length is unknown
   */
  public OptionalDouble part(double epochsDone, long updatesMade, long nanosPassed) {
    double part = Double.NaN;
    if (epochs != NONE && epochs > 0 && !Double.isNaN(epochsDone)) {
      part = epochsDone / epochs;
    }
    if (updates != NONE && updates > 0) {
      part = larger(part, (double) updatesMade / updates);
    }
    if (nanos != NONE && nanos > 0) {
      part = larger(part, (double) nanosPassed / nanos);
    }
    return Double.isNaN(part) ? OptionalDouble.empty() : OptionalDouble.of(Math.min(1, part));
  }

  private static double larger(double part, double other) {
    return part > other ? part : other;
  }

  private static long shown(long limit) {
    return limit == NONE ? 0 : limit;
  }

  public int shownEpochs() {
    return (int) shown(epochs);
  }

  public long shownUpdates() {
    return shown(updates);
  }
}
