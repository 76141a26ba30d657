package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** σ(a) = 1 / (1 + e⁻ᵃ); the gradient is y(1 − y)·dy. */
public final class Sigmoid extends PointwiseOp {
  /** The one instance. */
  public static final Sigmoid OP = new Sigmoid();

  private Sigmoid() {
    super("sigmoid", Pointwise.SIGMOID);
  }

  @Override
  protected double element(double a, double b, double c) {
    return 1 / (1 + Math.exp(-a));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(Node.apply(SigmoidGradient.OP, y, dy));
  }
}
