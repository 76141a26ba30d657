package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** |a|; the gradient is sign(a)·dy, 0 at 0, and NaN at NaN. */
public final class Abs extends PointwiseOp {
  /** The one instance. */
  public static final Abs OP = new Abs();

  private Abs() {
    super("abs", Pointwise.ABS);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.abs(a);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node a = y.operand(0);
    Node zero = nothing(Shape.scalar());
    Node notAbove = a.lessThan(zero).select(dy.negate(), a.equalTo(zero).select(zero, a.times(dy)));
    return gradients(a.greaterThan(zero).select(dy, notAbove));
  }
}
