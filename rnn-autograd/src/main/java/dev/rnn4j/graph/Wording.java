package dev.rnn4j.graph;

import dev.rnn4j.tensor.ShapeException;
import java.util.List;

/** The words for a node and for the place it is built at. */
final class Wording {
  private Wording() {}

  static String nameOf(Node node) {
    if (node instanceof Parameter parameter) {
      return Scope.nameOf(parameter);
    }
    if (node instanceof Input input) {
      return input.name();
    }
    return node.op().name();
  }

  /** Returns an axis of an operand, counted from 0, or says which op was given none. */
  static int axis(String op, Node x, int axis) {
    int rank = x.shape().rank();
    if (axis < -rank || axis >= rank) {
      String what = op + ": " + x + " has no axis " + axis;
      throw new ShapeException(what + describe(op, List.of(x)));
    }
    return axis < 0 ? axis + rank : axis;
  }

  /** Returns the lines below an error's first: which node, and what built it. */
  static String describe(String op, List<Node> operands) {
    int step = Trace.current().step();
    StackTraceElement line = Trace.userLine();
    return "\n  node     "
        + Scope.label(op, operands)
        + (step == Trace.NO_STEP ? "" : ", time step " + step)
        + (line == null ? "" : "\n  built at " + line);
  }
}
