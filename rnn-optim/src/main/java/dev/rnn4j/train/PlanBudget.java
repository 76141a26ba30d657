package dev.rnn4j.train;

import dev.rnn4j.train.internal.memory.Budget;

/**
 * How much memory compiled plans may take: a plan is compiled for each form of batch that comes,
 * and when all of them and their arrays take more than this, those that were not used for longest
 * are dropped; they are compiled again when needed. The one in use stays, however large it is.
 *
 * <pre>{@code
 * PlanBudget budget = PlanBudget.of(64 << 20);
 * Predictor predictor = Predictor.of(model, weights).budget(budget);
 * long bytes = budget.bytes();
 * }</pre>
 *
 * <p>Counted are graphs and programs, as estimated; all arrays that plans compute with; and the
 * sums of gradients over several batches. The weights, and what optimizers remember, belong to the
 * training and not to its plans.
 *
 * <p>One budget may be given to several steps, predictors and streams, which then share it; what
 * they take is given back when they are garbage. Thread-safe.
 */
public final class PlanBudget {
  private final Budget budget;

  private PlanBudget(Budget budget) {
    this.budget = budget;
  }

  /**
   * Returns a budget of so many bytes.
   *
   * @throws IllegalArgumentException for a negative number
   */
  public static PlanBudget of(long bytes) {
    return new PlanBudget(Budget.of(bytes));
  }

  /**
   * Returns a budget of a quarter of the largest heap: what a step or predictor has unless told.
   */
  public static PlanBudget byDefault() {
    return new PlanBudget(Budget.byDefault());
  }

  /** Returns how many bytes there may be. */
  public long limit() {
    return budget.limit();
  }

  /** Returns how many bytes plans take at the moment. */
  public long bytes() {
    return budget.bytes();
  }

  /** Returns how many plans there are at the moment that can be dropped. */
  public int plans() {
    return budget.plans();
  }

  /** Returns what plans are counted by. */
  Budget counted() {
    return budget;
  }
}
