package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** 1 where a &gt; b, else 0. */
public final class Greater extends PointwiseOp {
  /** The one instance. */
  public static final Greater OP = new Greater();

  private Greater() {
    super("greater", Pointwise.GREATER);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a > b ? 1 : 0;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(null, null);
  }

  @Override
  public boolean differentiable(int operand) {
    return false;
  }
}
