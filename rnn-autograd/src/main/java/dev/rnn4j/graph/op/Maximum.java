package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** The larger of a and b; equal ones share the gradient. */
public final class Maximum extends PointwiseOp {
  /** The one instance. */
  public static final Maximum OP = new Maximum();

  private Maximum() {
    super("maximum", Pointwise.MAXIMUM);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.max(a, b);
  }

  @Override
  boolean takes(int operand, double a, double b) {
    return operand == 0 ? !(a < b) : !(b < a); // NaN in any case
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return TieSplit.of(y, dy);
  }
}
