package dev.rnn4j.graph;

import java.util.List;

/** The words for a node and for the place it is built at. */
final class Place {
  private Place() {}

  static String nameOf(Node node) {
    if (node instanceof Parameter parameter) {
      return Scope.nameOf(parameter);
    }
    if (node instanceof Input input) {
      return input.name();
    }
    return node.op().name();
  }

  /** Returns the lines below an error's first: which node, and what built it. */
  static String describe(Op op, List<Node> operands) {
    int step = Trace.currentStep();
    StackTraceElement line = Trace.userLine();
    return "\n  node     "
        + Scope.label(op, operands)
        + (step == Trace.NO_STEP ? "" : ", time step " + step)
        + (line == null ? "" : "\n  built at " + line);
  }
}
