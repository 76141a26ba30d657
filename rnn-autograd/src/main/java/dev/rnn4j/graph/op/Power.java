package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.Powers;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * aᵇ, with 1 to every power 1; the gradients are b·aᵇ⁻¹·dy (0 where b = 0) and ln(a)·y·dy (0 where
 * a = 0 and b ≥ 0).
 */
public final class Power extends PointwiseOp {
  /** The one instance. */
  public static final Power OP = new Power();

  private Power() {
    super("power", Pointwise.POWER);
  }

  @Override
  protected double element(double a, double b, double c) {
    return Powers.power(a, b);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node zero = nothing(Shape.scalar());
    Node da = b.equalTo(zero).select(zero, b.times(a.power(b.minus(1))).times(dy));
    Node number = Node.constant(0);
    Node vanishing = b.greaterOrEqualTo(number).select(a.equalTo(number), number);
    Node db = vanishing.select(zero, a.log().times(y).times(dy));
    return gradients(da, db);
  }
}
