package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.BatchSignature;
import java.util.HashMap;
import java.util.Map;
import java.util.function.ToLongFunction;

/**
 * How batches are to be run: at once where that fits into the memory budget, else in the longest
 * segments that do. What plans need is known from two short lengths, as it grows evenly.
 */
final class MemoryPlanner {
  /** Lengths whose plans tell those of longer ones. */
  private static final int SHORT = 16;

  private static final int LONG = 32;

  /** So many lengths are compiled at most until one fits. */
  private static final int ATTEMPTS = 6;

  private final long budget;
  private final ToLongFunction<BatchSignature> ofWhole;
  private final Map<BatchSignature, Long> full = new HashMap<>();

  /**
   * Creates the planner.
   *
   * @param budget the bytes that there are, or 0 for no limit
   * @param ofWhole returns the bytes that a plan of whole sequences needs
   */
  MemoryPlanner(long budget, ToLongFunction<BatchSignature> ofWhole) {
    this.budget = budget;
    this.ofWhole = ofWhole;
  }

  /** Returns about how many bytes whole sequences need at once. */
  long full(BatchSignature form) {
    Long known = full.get(form);
    if (known == null) {
      known = estimate(form);
      full.put(form, known);
    }
    return known;
  }

  private long estimate(BatchSignature form) {
    int steps = form.steps();
    if (steps <= LONG) {
      return ofWhole.applyAsLong(form);
    }
    long small;
    long large;
    try {
      small = ofWhole.applyAsLong(form.withSteps(SHORT));
      large = ofWhole.applyAsLong(form.withSteps(LONG));
    } catch (IllegalArgumentException e) {
      return ofWhole.applyAsLong(form); // it takes no sequences of other lengths
    }
    return large + (large - small) * (steps - LONG) / (LONG - SHORT);
  }

  /** Returns whether batches run in segments. */
  boolean cuts(BatchSignature form) {
    return budget > 0 && form.steps() > 1 && full(form) > budget;
  }

  /**
   * Returns the plan with the longest segments that fit.
   *
   * @throws IllegalStateException where none does
   */
  SegmentPlan plan(BatchSignature form, SegmentPlans plans, StepArrays arrays) {
    int steps = form.steps();
    int large = Math.min(LONG, Math.max(1, steps / 2));
    int small = Math.max(1, large / 2);
    long[] one = plans.bytes(small);
    long[] two = plans.bytes(large);
    double perStep = large == small ? one[0] : (double) (two[0] - one[0]) / (large - small);
    double fixed = Math.max(0, two[0] - perStep * large);
    long least = Long.MAX_VALUE;
    int attempts = 0;
    int before = steps;
    for (int segments = 2; before > 1 && attempts < ATTEMPTS; segments++) {
      int length = (steps + segments - 1) / segments;
      if (length == before) {
        continue;
      }
      before = length;
      long needed = (long) (fixed + perStep * length) + (segments + 1L) * two[1];
      if (needed > budget) {
        least = Math.min(least, needed);
        continue;
      }
      SegmentPlan plan = plans.plan(length, arrays);
      if (plan.runBytes() <= budget) {
        return plan;
      }
      least = Math.min(least, plan.runBytes());
      attempts++;
      segments += segments / 16;
    }
    checkState(
        false,
        "a memory budget of %s is too small for %s: segments of their sequences need about %s at"
            + " least",
        Bytes.text(budget),
        form,
        Bytes.text(least));
    throw new AssertionError();
  }
}
