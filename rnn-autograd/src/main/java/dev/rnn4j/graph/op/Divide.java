package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** a / b; with y = a/b the gradients are dy/b and −y·dy/b. */
public final class Divide extends PointwiseOp {
  /** The one instance. */
  public static final Divide OP = new Divide();

  private Divide() {
    super("divide", Pointwise.DIVIDE);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a / b;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[0];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node da = dy.dividedBy(y.operand(1));
    return gradients(da, y.times(da).negate());
  }
}
