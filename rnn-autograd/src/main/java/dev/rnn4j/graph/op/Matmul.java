package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * Matrix product: {@code [M, K]·[K, N]}; with leading axes on the left, all rows times one matrix,
 * {@code [T, M, K]·[K, N]}; with the same leading axes on both sides, matrix by matrix.
 */
public final class Matmul extends BuiltIn {
  /** The one instance. */
  public static final Matmul OP = new Matmul();

  private Matmul() {}

  @Override
  Kind kind() {
    return Kind.PRODUCT;
  }

  @Override
  public String name() {
    return "matmul";
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return !moves.test(1) || node.operand(0).shape().rank() == node.operand(1).shape().rank();
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node a = operands.get(0);
    Node b = operands.get(1);
    Shape left = a.shape();
    Shape right = b.shape();
    if (left.rank() < 2 || right.rank() < 2) {
      throw new ShapeException(a + " and " + b + " must both have two axes or more: use reshape");
    }
    if (left.size(-1) != right.size(-2)) {
      throw new ShapeException(
          a + " does not fit " + b + "\n  fix      " + cure(a, left.size(-1), right.size(-2), b));
    }
    boolean fits = right.rank() == 2;
    if (!fits && right.rank() == left.rank()) {
      fits = left.with(-1, 0).with(-2, 0).equals(right.with(-1, 0).with(-2, 0));
    }
    if (!fits) {
      throw new ShapeException(
          a
              + " does not fit "
              + b
              + ": the axes before the last two must be equal, or only on the left");
    }
    return left.with(-1, right.size(-1));
  }

  private static String cure(Node left, int columns, int rows, Node right) {
    Node source = left;
    while (source.op() instanceof ViewOp) {
      source = source.operand(0);
    }
    String who = source instanceof Input ? "the input " + source : "the left side";
    return right instanceof Parameter
        ? "the parameter takes " + rows + " features, and " + who + " has " + columns
        : "the left side's last size, " + columns + ", must be the right side's rows, " + rows;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    Shape right = node.operand(1).shape();
    int k = right.size(-2);
    int n = right.size(-1);
    int rows = n == 0 ? 0 : y.length / n;
    for (int row = 0; row < rows; row++) {
      int matrix = matrix(node, row);
      for (int column = 0; column < n; column++) {
        double sum = 0;
        for (int i = 0; i < k; i++) {
          sum += x[0][row * k + i] * x[1][matrix + i * n + column];
        }
        y[row * n + column] = sum;
      }
    }
  }

  /** Returns where the matrix begins that a row is multiplied with. */
  private static int matrix(Node node, int row) {
    Shape right = node.operand(1).shape();
    return right.rank() == 2 ? 0 : row / node.size(-2) * right.size(-2) * right.size(-1);
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int k = node.operand(1).size(-2);
    int n = node.size(-1);
    for (int i = 0; i < node.shape().elements(); i++) {
      int row = i / n;
      int matrix = matrix(node, row);
      for (int j = 0; of.test(i) && j < k; j++) {
        visitor.visit(i, 0, row * k + j);
        visitor.visit(i, 1, matrix + j * n + i % n);
      }
    }
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return true;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node a = y.operand(0);
    Node b = y.operand(1);
    Node da = dy.matmul(b.transpose());
    if (b.shape().rank() < a.shape().rank()) {
      return gradients(da, rows(a).transpose().matmul(rows(dy)));
    }
    return gradients(da, a.transpose().matmul(dy));
  }

  private static Node rows(Node x) {
    int columns = x.size(-1);
    int rows = 1;
    for (int axis = 0; axis < x.shape().rank() - 1; axis++) {
      rows *= x.size(axis);
    }
    return x.reshape(rows, columns);
  }
}
