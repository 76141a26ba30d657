package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** eᵃ; the gradient is y·dy. */
public final class Exp extends PointwiseOp {
  /** The one instance. */
  public static final Exp OP = new Exp();

  private Exp() {
    super("exp", Pointwise.EXP);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.exp(a);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(y.times(dy));
  }
}
