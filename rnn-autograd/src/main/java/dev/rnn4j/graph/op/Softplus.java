package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** ln(1 + eᵃ); the gradient is σ(a)·dy. */
public final class Softplus extends PointwiseOp {
  /** The one instance. */
  public static final Softplus OP = new Softplus();

  private Softplus() {
    super("softplus", Pointwise.SOFTPLUS);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.max(a, 0) + Math.log1p(Math.exp(-Math.abs(a)));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(y.operand(0).sigmoid().times(dy));
  }
}
