package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** a²; the gradient is 2a·dy. */
public final class Square extends PointwiseOp {
  /** The one instance. */
  public static final Square OP = new Square();

  private Square() {
    super("square", Pointwise.SQUARE);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a * a;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.times(2).times(y.operand(0)));
  }
}
