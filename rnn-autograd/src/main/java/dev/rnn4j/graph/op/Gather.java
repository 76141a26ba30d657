package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.function.IntPredicate;

/** Rows of a table {@code [V, E]} at indices: {@code [N]} → {@code [N, E]}. */
public final class Gather extends BuiltIn {
  /** The one instance. */
  public static final Gather OP = new Gather();

  private Gather() {}

  @Override
  Kind kind() {
    return Kind.LOOKUP;
  }

  @Override
  public String name() {
    return "gather";
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return !moves.test(0);
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
      int row = row(node, x[1], i, node.operand(0).size(0));
      System.arraycopy(x[0], row * width, y, i * width, width);
    }
  }

  /** Returns whether a number is a whole one from 0 to count − 1. */
  static boolean isIndex(double index, int count) {
    return index >= 0 && index < count && index == Math.rint(index);
  }

  /** Returns a checked row number. */
  static int row(Node node, double[] indices, int i, int rows) {
    if (!isIndex(indices[i], rows)) {
      throw badIndex(node, Trace.NO_STEP, i, indices[i], rows);
    }
    return (int) indices[i];
  }

  /**
   * Returns the error for an index that is no row of a table.
   *
   * @param node what reads the indices, as its second operand
   * @param step the time step of a loop, or {@link Trace#NO_STEP}
   */
  public static IndexOutOfBoundsException badIndex(
      Node node, int step, int position, double index, int rows) {
    Node indices = node.operand(1);
    return new IndexOutOfBoundsException(
        Graphs.title(node)
            + ": "
            + InBatch.nameOf(indices)
            + " at "
            + InBatch.where(indices, step, position)
            + " is "
            + index
            + ", and the rows of the table are whole numbers from 0 to "
            + (rows - 1));
  }

  @Override
  void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int width = node.size(-1);
    for (int i = 0; i < node.shape().elements(); i++) {
      if (of.test(i)) {
        visitor.visit(i, 0, (int) x[1][i / width] * width + i % width);
      }
    }
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
