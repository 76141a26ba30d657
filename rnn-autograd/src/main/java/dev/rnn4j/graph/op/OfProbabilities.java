package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;

/**
 * What was computed from rows of probabilities, as it is. Rows that do not add up to 1, but for
 * rounding, or hold a negative number, are refused when they come, before anything is learned from
 * them.
 */
public final class OfProbabilities extends Op {
  private static final double TOLERANCE = 1e-3;
  private static final String CURE =
      "labels of which several may hold are for binaryCrossEntropy()";
  private static final OfProbabilities OP = new OfProbabilities();

  private OfProbabilities() {}

  /**
   * Returns a value for each row, which a run checks.
   *
   * @param value {@code [...]}
   * @param probabilities {@code [..., C]}
   */
  public static Node of(Node value, Node probabilities) {
    return Node.apply(OP, value, probabilities.sum(-1), probabilities.abs().sum(-1));
  }

  @Override
  public String name() {
    return "ofProbabilities";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Shape shape = operands.get(0).shape();
    for (Node operand : operands) {
      if (!operand.shape().equals(shape)) {
        throw new ShapeException(operands.get(0) + " is no number for each row of " + operand);
      }
    }
    return shape;
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 0;
  }

  @Override
  public boolean hasIndependentRows() {
    return true;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      boolean one = Math.abs(x[1][i] - 1) <= TOLERANCE;
      boolean positive = x[2][i] - x[1][i] <= TOLERANCE;
      if (!one || !positive) {
        double negative = (x[1][i] - x[2][i]) / 2;
        throw new BadTargetException(
            node.operand(1),
            i,
            one
                ? " has negative numbers, " + negative + " in all, and probabilities have none"
                : " adds up to " + x[1][i] + ", and probabilities to 1: " + CURE);
      }
      y[i] = x[0][i];
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy, null, null);
  }
}
