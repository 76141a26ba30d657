package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** tanh a; the gradient is (1 − y²)·dy. */
public final class Tanh extends PointwiseOp {
  /** The one instance. */
  public static final Tanh OP = new Tanh();

  private Tanh() {
    super("tanh", Pointwise.TANH);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.tanh(a);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(Node.apply(TanhGradient.OP, y, dy));
  }
}
