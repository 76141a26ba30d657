package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;

/** The words for a value and its place in a batch, in the terms of who made the batch. */
public final class InBatch {
  private InBatch() {}

  /**
   * Returns the name of the input or parameter that a node looks at, or else what the node does.
   */
  public static String nameOf(Node node) {
    return nameOf(node, "input");
  }

  /**
   * Returns such a name.
   *
   * @param role what an input is: a target, for example
   */
  static String nameOf(Node node, String role) {
    Node source = node;
    while (source.op() instanceof ViewOp
        || source.op() instanceof AxesOp
        || source.op() instanceof Select) {
      source = source.operand(source.op() instanceof Select ? 1 : 0);
    }
    if (source instanceof Input input) {
      return "the " + role + " " + input.name();
    }
    return source instanceof Parameter parameter
        ? "the parameter " + parameter.name()
        : "the value of " + Graphs.title(source);
  }

  /**
   * Names a place by time step and sequence: a node is {@code [T, N]}, {@code [T, N, I]}, {@code
   * [N]} or, where it has a time step of its own, {@code [N, ...]}.
   *
   * @param step the time step, or {@link Trace#NO_STEP} where the node has all of them
   * @param position in row-major order, from the node's own first time step on
   */
  public static String where(Node node, int step, int position) {
    return where(node, step, 0, position);
  }

  /**
   * Names a place as {@link #where(Node, int, int)} does.
   *
   * @param before how many time steps of the batch came before those of the run
   */
  static String where(Node node, int step, int before, int position) {
    Shape shape = node.shape();
    int elements = Math.max(1, shape.elements());
    int t = step;
    if (t == Trace.NO_STEP && node.step() != Trace.NO_STEP) {
      t = node.step() + position / elements; // all time steps at once
    }
    int[] index = shape.indexOf(position % elements);
    if (node instanceof Parameter) {
      return Arrays.toString(index);
    }
    boolean sequence = t == Trace.NO_STEP && index.length > 1;
    StringBuilder words = new StringBuilder();
    if (sequence) {
      t = index[0];
    }
    if (t != Trace.NO_STEP) {
      words.append("time step ").append(t + before);
    }
    // The largest of each row of [N, O], or of [T, N]: nobody can tell.
    boolean row = t == Trace.NO_STEP && index.length == 1 && node.op() instanceof MaxOver;
    String[] names = {row ? "row" : "sequence", "feature"};
    for (int axis = sequence ? 1 : 0, name = 0; axis < index.length; axis++, name++) {
      words.append(words.length() == 0 ? "" : ", ");
      words.append(name < names.length ? names[name] : "axis " + axis).append(' ');
      words.append(index[axis]);
    }
    if (row && before > 0) {
      words.append(" or time step ").append(before + index[0]);
    }
    return words.length() == 0 ? "its only place" : words.toString();
  }
}
