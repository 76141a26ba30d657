package dev.rnn4j.loss;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Constant;

/**
 * A loss as a sum and a weight: Σ of the terms that count, and how many elements count, or their
 * weights. Sums and weights of several batches add up; their quotient is the mean over all of them,
 * whatever their lengths.
 */
public final class LossSum {
  private final Node sum;
  private final Node weight;
  private final boolean total;

  private LossSum(Node sum, Node weight, boolean total) {
    checkScalar("sum", sum);
    checkScalar("weight", weight);
    this.sum = sum;
    this.weight = weight;
    this.total = total;
  }

  private static void checkScalar(String what, Node node) {
    checkNotNull(node, "a loss was given null as its %s", what);
    checkArgument(
        node.shape().elements() == 1,
        "the %s of a loss is one number, and %s has %s: sum() it first",
        what,
        node,
        node.shape().elements());
  }

  /**
   * Returns a loss.
   *
   * @param sum the sum over what counts
   * @param weight how much that is, which depends on masks, weights and targets only
   */
  public static LossSum of(Node sum, Node weight) {
    return new LossSum(sum, weight, false);
  }

  /** Returns a loss that is a sum whatever counts: nothing divides it. */
  public static LossSum total(Node sum) {
    return new LossSum(sum, Node.constant(1), true);
  }

  /** Returns Σ of the terms that count, a scalar. */
  public Node sum() {
    return sum;
  }

  /** Returns how much counts, a scalar; a constant 1 for a {@link #total}. */
  public Node weight() {
    return weight;
  }

  /** Returns whether this is a sum that nothing divides. */
  public boolean isTotal() {
    return total;
  }

  /** Returns this loss with its terms multiplied by a factor. */
  public LossSum times(double factor) {
    return new LossSum(sum.times(factor), weight, total);
  }

  /**
   * Returns sum / weight, a scalar; 0 where nothing counts. That is no error: among batches of
   * padded sequences, parts of long ones and weights, some have nothing to say. They do not change
   * the mean over all of them, and their gradients are 0.
   */
  public Node mean() {
    if (total) {
      return sum;
    }
    if (weight.op() instanceof Constant constant && constant.isFilled() && constant.fill() != 0) {
      return sum.times(1 / constant.fill());
    }
    return weight.select(sum.dividedBy(weight.select(weight, Node.constant(1))), Node.constant(0));
  }
}
