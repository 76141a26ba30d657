package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** a(1 − a)·b: the gradient of σ, from its result a and the upstream gradient b. */
public final class SigmoidGradient extends PointwiseOp {
  /** The one instance. */
  public static final SigmoidGradient OP = new SigmoidGradient();

  private SigmoidGradient() {
    super("sigmoidGradient", Pointwise.SIGMOID_GRADIENT);
  }

  @Override
  protected double element(double a, double b, double c) {
    return a * (1 - a) * b;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[1];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node da = a.times(-2).plus(1).times(b).times(dy);
    return gradients(da, Node.apply(OP, a, dy));
  }
}
