package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/**
 * b where a &gt; 0, 0 where a ≤ 0, NaN where a is: the gradient of relu, from its result a and the
 * upstream gradient b.
 */
public final class ReluGradient extends PointwiseOp {
  /** The one instance. */
  public static final ReluGradient OP = new ReluGradient();

  private ReluGradient() {
    super("reluGradient", Pointwise.RELU_GRADIENT);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a > 0 ? b : a <= 0 ? 0 : a;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[1];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(null, Node.apply(OP, y.operand(0), dy));
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 1;
  }
}
