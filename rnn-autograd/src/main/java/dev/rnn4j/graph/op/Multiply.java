package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** a ⊙ b. */
public final class Multiply extends PointwiseOp {
  /** The one instance. */
  public static final Multiply OP = new Multiply();

  private Multiply() {
    super("multiply", Pointwise.MULTIPLY);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a * b;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return true;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.times(y.operand(1)), dy.times(y.operand(0)));
  }
}
