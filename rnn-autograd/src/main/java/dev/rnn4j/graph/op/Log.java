package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** ln a; the gradient is dy / a. */
public final class Log extends PointwiseOp {
  /** The one instance. */
  public static final Log OP = new Log();

  private Log() {
    super("log", Pointwise.LOG);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Math.log(a);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.dividedBy(y.operand(0)));
  }
}
