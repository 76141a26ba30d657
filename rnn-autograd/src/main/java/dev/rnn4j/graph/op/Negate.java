package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** −a. */
public final class Negate extends PointwiseOp {
  /** The one instance. */
  public static final Negate OP = new Negate();

  private Negate() {
    super("negate", Pointwise.NEGATE);
  }

  @Override
  protected double element(double a, double b, double c) {
    return -a;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return all(absent);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.negate());
  }
}
