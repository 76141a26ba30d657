package dev.rnn4j.train.internal.memory;

import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.SharedArrays;
import dev.rnn4j.tensor.Precision;

/**
 * The arrays that all plans of a step compute with, one after the other, and what they take of a
 * budget. When a plan is dropped, they go too, and the next run makes those that it needs: the plan
 * may have been the largest.
 */
public final class StepArrays {
  private final Budget budget;
  private final Budget.Charge charge;
  private final SharedArrays arrays;
  private long counted;
  private volatile boolean outgrown;

  public StepArrays(Budget budget, Precision precision) {
    this.budget = budget;
    this.charge = budget.charge(this);
    this.arrays = SharedArrays.of(precision);
  }

  /** Returns arrays for plans that are looked at and do not run. */
  public static StepArrays unlimited(Precision precision) {
    return new StepArrays(Budget.of(Long.MAX_VALUE), precision);
  }

  /** Returns the bytes that there are. */
  public long bytes() {
    return arrays.bytes();
  }

  /** Returns a session that computes with these arrays. */
  public Session session(Plan plan) {
    return plan.session(arrays);
  }

  /** Says that a plan was dropped; by any thread. */
  public void outgrow() {
    outgrown = true;
  }

  /** Begins a run, before anything is set; allocates nothing. */
  public void begin() {
    if (outgrown) {
      outgrown = false;
      arrays.release();
      count();
    }
  }

  /** Counts what a run has made larger; allocates nothing where that is nothing. */
  public void count() {
    long now = arrays.bytes();
    if (now != counted) {
      charge.add(now - counted);
      counted = now;
      budget.fit();
    }
  }
}
