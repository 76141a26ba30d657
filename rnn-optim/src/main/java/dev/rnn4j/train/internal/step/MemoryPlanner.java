package dev.rnn4j.train.internal.step;

import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.memory.Bytes;
import dev.rnn4j.train.internal.memory.StepArrays;
import dev.rnn4j.train.internal.segment.SegmentPlan;
import dev.rnn4j.train.internal.segment.SegmentPlans;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Function;
import java.util.function.ToLongFunction;

/**
 * How batches are to be run: at once where that fits into the memory budget, else in the longest
 * segments that do. What plans need is known from two short lengths, as it grows evenly, and is
 * counted for one thread, so that the segments do not depend on their number.
 */
final class MemoryPlanner {
  /** Lengths whose plans tell those of longer ones. */
  private static final int SHORT = 16;

  private static final int LONG = 32;

  /** So many lengths are compiled at most until one fits. */
  private static final int ATTEMPTS = 6;

  private final long budget;
  private final int segmentSteps;
  private final Precision precision;
  private final ToLongFunction<BatchSignature> ofWhole;
  private final Function<BatchSignature, SegmentPlans> ofSegments;
  private final Map<BatchSignature, Needs> known = new HashMap<>();
  private final Map<BatchSignature, Boolean> cuts = new HashMap<>();

  /**
   * Creates the planner.
   *
   * @param ofWhole returns the bytes that a plan of whole sequences needs
   * @param ofSegments returns plans for segments that are looked at and do not run
   */
  MemoryPlanner(
      Settings settings,
      ToLongFunction<BatchSignature> ofWhole,
      Function<BatchSignature, SegmentPlans> ofSegments) {
    this.budget = settings.memoryBudget();
    this.segmentSteps = settings.segmentSteps();
    this.precision = settings.weights().precision();
    this.ofWhole = ofWhole;
    this.ofSegments = ofSegments;
  }

  /** Returns whether batches run in segments; allocates nothing once that is known. */
  boolean cuts(BatchSignature form) {
    if (budget == 0 && segmentSteps == 0) {
      return false;
    }
    Boolean cut = cuts.get(form);
    if (cut == null) {
      cut = segmentSteps > 0 ? form.steps() > segmentSteps : memory(form).segments() > 1;
      cuts.put(form, cut);
    }
    return cut;
  }

  /** Returns how many steps the segments have that batches run in. */
  int segmentSteps(BatchSignature form) {
    return segmentSteps > 0 ? segmentSteps : memory(form).steps();
  }

  /**
   * Returns how batches are run, and the bytes that it takes.
   *
   * @throws IllegalStateException where no segments fit into the budget
   */
  Needs memory(BatchSignature form) {
    Needs memory = known.get(form);
    if (memory == null) {
      memory = find(form);
      known.put(form, memory);
    }
    return memory;
  }

  private Needs find(BatchSignature form) {
    int steps = form.steps();
    long full = full(form, steps);
    if (segmentSteps > 0 && steps > segmentSteps) {
      return cut(ofSegments.apply(form), full, segmentSteps);
    }
    if (segmentSteps > 0 || budget == 0 || full <= budget || steps == 1) {
      return new Needs(full, full, 1, steps);
    }
    return longest(form, steps, full);
  }

  private long full(BatchSignature form, int steps) {
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

  private Needs cut(SegmentPlans plans, long full, int length) {
    SegmentPlan plan = plans.plan(length, StepArrays.unlimited(precision));
    return new Needs(full, plan.runBytes(), plan.count(), length);
  }

  private Needs longest(BatchSignature form, int steps, long full) {
    SegmentPlans plans = ofSegments.apply(form);
    int large = Math.min(LONG, steps / 2);
    int small = Math.max(1, large / 2);
    Growth growth = Growth.of(plans, small, large, StepArrays.unlimited(precision));
    long least = Long.MAX_VALUE;
    int attempts = 0;
    int before = steps;
    for (int count = 2; before > 1 && attempts < ATTEMPTS; count++) {
      int length = (steps + count - 1) / count;
      if (length < before) {
        before = length;
        long needed = growth.bytes(steps, length);
        if (needed <= budget) {
          Needs memory = cut(plans, full, length);
          if (memory.needed() <= budget) {
            return memory;
          }
          needed = memory.needed();
          attempts++;
          count += count / 16;
        }
        least = Math.min(least, needed);
      }
    }
    throw new IllegalStateException(
        "a memory budget of "
            + Bytes.text(budget)
            + " is too small for "
            + form
            + ": segments of their sequences need about "
            + Bytes.text(least)
            + " at least");
  }

  /**
   * How the bytes of segments grow.
   *
   * @param fixed those that do not
   * @param perStep those of one more step
   * @param between those of the states between two segments
   */
  private record Growth(double fixed, double perStep, long between) {
    static Growth of(SegmentPlans plans, int small, int large, StepArrays arrays) {
      long one = plans.bytes(small, arrays);
      long two = large == small ? one : plans.bytes(large, arrays);
      double perStep = large == small ? one : (double) (two - one) / (large - small);
      return new Growth(Math.max(0, two - perStep * large), perStep, plans.stateBytes());
    }

    long bytes(int steps, int length) {
      int count = (steps + length - 1) / length;
      return (long) (fixed + perStep * length) + (count + 1L) * between;
    }
  }
}
