package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** b where a ≠ 0, else c; the gradient goes the same way. */
public final class Select extends PointwiseOp {
  /** The one instance. */
  public static final Select OP = new Select();

  private Select() {
    super("select", Pointwise.SELECT);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a != 0 ? b : c;
  }

  @Override
  boolean takes(int operand, double a, double b) {
    return operand == (a != 0 ? 1 : 2);
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[1] && absent[2];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node chosen = y.operand(0);
    Node zero = nothing(Shape.scalar());
    return gradients(null, chosen.select(dy, zero), chosen.select(zero, dy));
  }

  @Override
  public boolean differentiable(int operand) {
    return operand > 0;
  }
}
