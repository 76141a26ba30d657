package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** max(a, 0); the gradient is dy where a &gt; 0, 0 where a ≤ 0, NaN at NaN. */
public final class Relu extends PointwiseOp {
  /** The one instance. */
  public static final Relu OP = new Relu();

  private Relu() {
    super("relu", Pointwise.RELU);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.max(a, 0);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(Node.apply(ReluGradient.OP, y, dy));
  }
}
