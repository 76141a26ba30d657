package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import java.util.List;

/** (1 − a²)·b: the gradient of tanh, from its result a and the upstream gradient b. */
public final class TanhGradient extends PointwiseOp {
  /** The one instance. */
  public static final TanhGradient OP = new TanhGradient();

  private TanhGradient() {
    super("tanhGradient", Pointwise.TANH_GRADIENT);
  }

  @Override
  protected double element(double a, double b, double c) {
    return (1 - a * a) * b;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[1];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node da = a.times(b).times(dy).times(-2);
    return gradients(da, Node.apply(OP, a, dy));
  }
}
