package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** 1 where a = b, else 0. */
public final class Equal extends PointwiseOp {
  /** The one instance. */
  public static final Equal OP = new Equal();

  private Equal() {
    super("equal", Pointwise.EQUAL);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a == b ? 1 : 0;
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
