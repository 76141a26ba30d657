package dev.rnn4j.graph;

import com.google.common.primitives.Ints;
import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
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

  /** Returns axes of an operand, counted from 0, or says which is none or is there twice. */
  static int[] axes(String op, Node x, int... axes) {
    int[] counted = Arrays.stream(axes).map(axis -> axis(op, x, axis)).toArray();
    for (int i = 0; i < axes.length; i++) {
      if (Ints.lastIndexOf(counted, counted[i]) > i) {
        String what = op + ": axis " + counted[i] + " of " + x + " is named twice; name it once";
        throw new ShapeException(what + describe(op, List.of(x)));
      }
    }
    return counted;
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
