package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** 1 where a ≥ b, else 0. */
public final class GreaterOrEqual extends PointwiseOp {
  /** The one instance. */
  public static final GreaterOrEqual OP = new GreaterOrEqual();

  private GreaterOrEqual() {
    super("greaterOrEqual", Pointwise.GREATER_OR_EQUAL);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a >= b ? 1 : 0;
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
