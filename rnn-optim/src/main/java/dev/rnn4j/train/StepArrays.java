package dev.rnn4j.train;

import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.SharedArrays;
import dev.rnn4j.tensor.Precision;

/**
 * The arrays that all plans of a step compute with, one after the other, and what they take of a
 * budget. When a plan is dropped, they go too, and the next run makes those that it needs: the plan
 * may have been the largest.
 */
final class StepArrays {
  private final PlanBudget budget;
  private final PlanBudget.Charge charge;
  private final SharedArrays arrays;
  private long counted;
  private volatile boolean outgrown;

  StepArrays(PlanBudget budget, Precision precision) {
    this.budget = budget;
    this.charge = budget.charge(this);
    this.arrays = SharedArrays.of(precision);
  }

  /** Returns arrays for plans that are looked at and do not run. */
  static StepArrays unlimited(Precision precision) {
    return new StepArrays(PlanBudget.of(Long.MAX_VALUE), precision);
  }

  /** Returns the bytes that there are. */
  long bytes() {
    return arrays.bytes();
  }

  /** Returns a session that computes with these arrays. */
  Session session(Plan plan) {
    return plan.session(arrays);
  }

  /** Says that a plan was dropped; by any thread. */
  void outgrow() {
    outgrown = true;
  }

  /** Begins a run, before anything is set; allocates nothing. */
  void begin() {
    if (outgrown) {
      outgrown = false;
      arrays.release();
      count();
    }
  }

  /** Counts what a run has made larger; allocates nothing where that is nothing. */
  void count() {
    long now = arrays.bytes();
    if (now != counted) {
      charge.add(now - counted);
      counted = now;
      budget.fit();
    }
  }
}
