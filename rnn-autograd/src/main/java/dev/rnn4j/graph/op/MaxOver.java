package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import java.util.List;

/**
 * Largest elements over axes; equal ones share the gradient evenly. Of elements among which there
 * is NaN, the gradient is NaN.
 */
public final class MaxOver extends AxesOp {
  private MaxOver(boolean[] folded, boolean keep) {
    super(folded, keep);
  }

  /** Returns the maximum over some axes of x, which stay with size 1 or disappear. */
  public static MaxOver of(Node x, boolean keep, int... axes) {
    return new MaxOver(fold(x, axes), keep);
  }

  /** Returns the maximum over all axes of x. */
  public static MaxOver all(Node x) {
    return new MaxOver(foldAll(x), false);
  }

  @Override
  public String name() {
    return "maxOver";
  }

  @Override
  public boolean isSum() {
    return false;
  }

  @Override
  double initial() {
    return Double.NEGATIVE_INFINITY;
  }

  @Override
  double fold(double soFar, double next) {
    return Math.max(soFar, next);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node x = y.operand(0);
    int[] axes =
        java.util.stream.IntStream.range(0, x.shape().rank()).filter(this::folds).toArray();
    Node largest = y.reshape(kept(x));
    Node chosen = x.equalTo(largest);
    Node given = dy.reshape(kept(x));
    Node share = given.dividedBy(chosen.sumKeeping(axes));
    return gradients(chosen.select(share, TieSplit.zeroOrNaN(largest, given)));
  }
}
