package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * A table {@code [V, E]} of zeros with rows {@code [N, E]} added at indices {@code [N]}, in order:
 * the gradient of {@link Gather}.
 */
public final class ScatterAdd extends BuiltIn {
  private final int rows;

  /** Creates the op for a table of V rows. */
  public ScatterAdd(int rows) {
    this.rows = rows;
  }

  @Override
  Kind kind() {
    return Kind.SCATTER;
  }

  @Override
  protected Object attributes() {
    return rows;
  }

  @Override
  public String name() {
    return "scatterAdd";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    Node indices = operands.get(1);
    if (x.shape().rank() == 0 || !x.shape().without(-1).equals(indices.shape())) {
      throw new ShapeException(x + " has not one row for each index of " + indices);
    }
    return Shape.of(rows, x.size(-1));
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 0;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    int width = node.size(-1);
    Arrays.fill(y, 0);
    for (int i = 0; i < x[1].length; i++) {
      int row = Gather.row(node, x[1], i, rows);
      for (int column = 0; column < width; column++) {
        y[row * width + column] += x[0][i * width + column];
      }
    }
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int width = node.size(-1);
    for (int i = 0; i < x[0].length; i++) {
      int element = (int) x[1][i / width] * width + i % width;
      if (of.test(element)) {
        visitor.visit(element, 0, i);
      }
    }
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[0];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.gather(y.operand(1)), null);
  }
}
