package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import java.util.List;

/** Sums over axes; the gradient is repeated along them. */
public final class SumOver extends AxesOp {
  private SumOver(boolean[] folded, boolean keep) {
    super(folded, keep);
  }

  /** Returns the sum over some axes of x, which stay with size 1 or disappear. */
  public static SumOver of(Node x, boolean keep, int... axes) {
    return new SumOver(fold(x, axes), keep);
  }

  /** Returns the sum over all axes of x. */
  public static SumOver all(Node x) {
    return new SumOver(foldAll(x), false);
  }

  @Override
  public String name() {
    return "sumOver";
  }

  @Override
  public boolean isSum() {
    return true;
  }

  @Override
  double initial() {
    return 0;
  }

  @Override
  double fold(double soFar, double next) {
    return soFar + next;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return all(absent);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node x = y.operand(0);
    return gradients(dy.reshape(kept(x)).broadcastTo(x.shape()));
  }
}
