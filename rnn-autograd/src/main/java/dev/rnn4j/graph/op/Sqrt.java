package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** √a; the gradient is dy / 2y. */
public final class Sqrt extends PointwiseOp {
  /** The one instance. */
  public static final Sqrt OP = new Sqrt();

  private Sqrt() {
    super("sqrt", Pointwise.SQRT);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.sqrt(a);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.times(0.5).dividedBy(y));
  }
}
