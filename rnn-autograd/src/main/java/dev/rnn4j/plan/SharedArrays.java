package dev.rnn4j.plan;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.plan.internal.run.Pool;
import dev.rnn4j.tensor.Precision;

/**
 * Arrays for the sessions of several plans, which use them in turns: those of one model at
 * different lengths, for example. They are as large as the largest of the plans that ran needs.
 *
 * <pre>{@code
 * SharedArrays arrays = SharedArrays.of(Precision.FLOAT32);
 * Session small = ofTenSteps.session(arrays);
 * Session large = ofHundredSteps.session(arrays);
 * }</pre>
 */
public final class SharedArrays {
  private final Precision precision;
  private final Pool pool;

  private SharedArrays(Precision precision) {
    this.precision = precision;
    this.pool = Pool.of(precision);
  }

  /** Returns arrays for plans in a precision; none at first. */
  public static SharedArrays of(Precision precision) {
    return new SharedArrays(
        checkNotNull(precision, "shared arrays were given null as their precision"));
  }

  /** Returns the precision. */
  public Precision precision() {
    return precision;
  }

  /** Returns the bytes of all arrays. */
  public long bytes() {
    return pool.bytes();
  }

  /**
   * Lets go of the arrays; the next run makes those that it needs. What a session was given, and
   * left, is gone.
   *
   * @throws IllegalStateException where a session runs
   */
  public void release() {
    pool.release();
  }

  Pool pool() {
    return pool;
  }
}
