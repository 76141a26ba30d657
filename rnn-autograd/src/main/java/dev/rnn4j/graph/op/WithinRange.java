package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;

/**
 * What was computed from targets, as it is. Targets out of their range, labels of 1 and 2 where
 * they are 0 and 1 for example, are refused when they come, before anything is learned from them.
 * Where a position has several numbers, only its largest and smallest are looked at, which folds
 * find as fast as they can read.
 */
public final class WithinRange extends Op {
  /** What rounding may add. */
  private static final double TOLERANCE = 1e-3;

  private final double low;
  private final double high;
  private final String rule;

  private WithinRange(double low, double high, String rule) {
    this.low = low;
    this.high = high;
    this.rule = rule;
  }

  /**
   * Returns a value, which a run gives only where targets are in range.
   *
   * @param value of any shape
   * @param largest the largest number at each position
   * @param smallest the smallest ones, in the same shape
   * @param rule how "y at sequence 1 has the value 2.0, and" goes on
   */
  public static Node of(
      Node value, Node largest, Node smallest, double low, double high, String rule) {
    return Node.apply(new WithinRange(low, high, rule), value, largest, smallest);
  }

  @Override
  protected Object attributes() {
    return List.of(low, high, rule);
  }

  @Override
  public String name() {
    return "withinRange";
  }

  @Override
  public Shape shape(List<Node> operands) {
    if (!operands.get(1).shape().equals(operands.get(2).shape())) {
      throw new ShapeException(
          operands.get(1) + " and " + operands.get(2) + " must have one shape");
    }
    return operands.get(0).shape();
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 0;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < x[1].length; i++) {
      boolean fits = x[1][i] <= high + TOLERANCE; // −∞ of no number at all too
      boolean alsoLow = x[2][i] >= low - TOLERANCE;
      if (!fits || !alsoLow) {
        double bad = alsoLow ? x[1][i] : x[2][i];
        throw new BadTargetException(node.operand(1), i, " has the value " + bad + ", and " + rule);
      }
    }
    System.arraycopy(x[0], 0, y, 0, y.length);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy, null, null);
  }
}
