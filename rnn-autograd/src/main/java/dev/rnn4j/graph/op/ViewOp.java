package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import java.util.Optional;
import java.util.function.IntPredicate;

/** An op that only looks at its operand's elements in another way: nothing is computed. */
public abstract class ViewOp extends BuiltIn {
  ViewOp() {}

  /** Returns how the result lies in the operand's array, or empty where it takes a dense copy. */
  public abstract Optional<Layout> view(Node node, Layout operand);

  @Override
  Kind kind() {
    return Kind.VIEW;
  }

  @Override
  final void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int[] positions = positions(node);
    for (int i = 0; i < positions.length; i++) {
      if (of.test(i)) {
        visitor.visit(i, 0, positions[i]);
      }
    }
  }

  @Override
  public final boolean vanishes(boolean[] absent) {
    return all(absent);
  }

  @Override
  public final boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public final void forward(Node node, double[][] x, double[] y) {
    int[] positions = positions(node);
    for (int i = 0; i < y.length; i++) {
      y[i] = x[0][positions[i]];
    }
  }

  private int[] positions(Node node) {
    Layout operand = Layout.dense(node.operand(0).shape());
    return Views.positions(view(node, operand).orElseThrow());
  }
}
