package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;

/** Rows of a table {@code [V, E]} at indices: {@code [N]} → {@code [N, E]}. */
public final class Gather extends Op {
  /** The one instance. */
  public static final Gather OP = new Gather();

  private Gather() {}

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node table = operands.get(0);
    if (table.shape().rank() != 2) {
      throw new ShapeException(table + " is no table: gather takes [V, E]");
    }
    Shape indices = operands.get(1).shape();
    return indices.insert(indices.rank(), table.size(1));
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 0;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    int width = node.size(-1);
    for (int i = 0; i < x[1].length; i++) {
      int row = row(x[1], i, node.operand(0).size(0));
      System.arraycopy(x[0], row * width, y, i * width, width);
    }
  }

  /** Returns a checked row number. */
  static int row(double[] indices, int i, int rows) {
    double index = indices[i];
    if (!(index >= 0 && index < rows && index == Math.rint(index))) {
      throw new IndexOutOfBoundsException(
          "gather: index "
              + i
              + " is "
              + index
              + "; it must be a whole number from 0 to "
              + (rows - 1));
    }
    return (int) index;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[0];
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(Node.apply(new ScatterAdd(y.operand(0).size(0)), dy, y.operand(1)), null);
  }
}
