package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.function.IntPredicate;

/** An op of operands of one shape that computes each row, along the last axis, alone. */
public abstract class RowOp extends BuiltIn {
  private final String name;
  private final int arity;
  private final double epsilon;

  RowOp(String name, int arity, double epsilon) {
    this.name = name;
    this.arity = arity;
    this.epsilon = epsilon;
  }

  /**
   * Computes the row of n elements that begins at a position.
   *
   * @param x the operands
   */
  abstract void row(double[][] x, int from, int n, double[] y);

  /** Returns what is added to the variance. */
  public final double epsilon() {
    return epsilon;
  }

  @Override
  final Kind kind() {
    return Kind.ROWS;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  protected final Object attributes() {
    return epsilon;
  }

  @Override
  public final boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public final Shape shape(List<Node> operands) {
    if (operands.size() != arity) {
      throw new ShapeException("it takes " + arity + " operands, and was given " + operands.size());
    }
    Node x = operands.get(0);
    if (x.shape().rank() == 0) {
      throw new ShapeException(x + " has no axis to take the mean of");
    }
    for (Node other : operands) {
      if (!other.shape().equals(x.shape())) {
        throw new ShapeException(x + " and " + other + " are not of one shape");
      }
    }
    return x.shape();
  }

  @Override
  final void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int n = node.size(-1);
    for (int i = 0; i < node.shape().elements(); i++) {
      int from = i / n * n;
      for (int j = from; of.test(i) && j < from + n; j++) {
        for (int operand = 0; operand < x.length; operand++) {
          visitor.visit(i, operand, j);
        }
      }
    }
  }

  @Override
  public final void forward(Node node, double[][] x, double[] y) {
    int n = node.size(-1);
    for (int from = 0; from < y.length; from += n) {
      row(x, from, n, y);
    }
  }

  static double mean(double[] x, int from, int n) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += x[i];
    }
    return sum / n;
  }

  /** Returns 1 / √(σ² + ε). */
  final double inverse(double[] x, int from, int n, double mean) {
    double sum = 0;
    for (int i = from; i < from + n; i++) {
      sum += (x[i] - mean) * (x[i] - mean);
    }
    return 1 / Math.sqrt(sum / n + epsilon);
  }
}
