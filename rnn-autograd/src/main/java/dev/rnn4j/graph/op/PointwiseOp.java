package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.List;
import java.util.function.IntPredicate;

/** An elementwise op: operands broadcast to one shape, and each element is computed alone. */
public abstract class PointwiseOp extends BuiltIn {
  private final String name;
  private final Pointwise kernel;

  PointwiseOp(String name, Pointwise kernel) {
    this.name = name;
    this.kernel = kernel;
  }

  /**
   * Returns one element of the result; a, b, c are the operands' elements, 0 where there is none.
   */
  protected abstract double element(double a, double b, double c);

  /**
   * Returns whether a result is made of its operand at a position: some only say which other one is
   * taken, or are not taken.
   *
   * @param a the first operand's element
   * @param b that of the second one, 0 where there is none
   */
  boolean takes(int operand, double a, double b) {
    return true;
  }

  /** Returns the kernel that computes this op in a plan. */
  @SuppressWarnings("exports") // for plans: the kernels are no public API
  public final Pointwise kernel() {
    return kernel;
  }

  @Override
  final Kind kind() {
    return Kind.ELEMENTWISE;
  }

  @Override
  public final String name() {
    return name;
  }

  @Override
  public final boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public final Shape shape(List<Node> operands) {
    if (operands.size() != kernel.arity()) {
      throw new ShapeException(
          "it takes " + kernel.arity() + " operands, and was given " + operands.size());
    }
    Shape shape = Shape.scalar();
    for (Node operand : operands) {
      try {
        shape = Shape.broadcast(shape, operand.shape());
      } catch (ShapeException e) {
        throw new ShapeException(misfit(operands));
      }
    }
    return shape;
  }

  private static String misfit(List<Node> operands) {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < operands.size(); i++) {
      text.append(i == 0 ? "" : i == operands.size() - 1 ? " and " : ", ").append(operands.get(i));
    }
    return text + " do not broadcast: from the last axis on, sizes must be equal, or one of them 1";
  }

  @Override
  public final void forward(Node node, double[][] x, double[] y) {
    int[][] positions = positions(node);
    for (int i = 0; i < y.length; i++) {
      y[i] = element(at(x, positions, 0, i), at(x, positions, 1, i), at(x, positions, 2, i));
    }
  }

  /** Returns of each operand which element goes into which of the result. */
  private static int[][] positions(Node node) {
    return node.operands().stream()
        .map(x -> Views.positions(Layout.dense(x.shape()).broadcastTo(node.shape())))
        .toArray(int[][]::new);
  }

  @Override
  final void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int[][] positions = positions(node);
    for (int i = 0; i < node.shape().elements(); i++) {
      for (int operand = 0; of.test(i) && operand < x.length; operand++) {
        if (takes(operand, at(x, positions, 0, i), at(x, positions, 1, i))) {
          visitor.visit(i, operand, positions[operand][i]);
        }
      }
    }
  }

  private static double at(double[][] x, int[][] positions, int operand, int element) {
    return operand < x.length ? x[operand][positions[operand][element]] : 0;
  }
}
