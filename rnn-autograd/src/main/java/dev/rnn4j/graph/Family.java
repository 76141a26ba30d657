package dev.rnn4j.graph;

import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;

/**
 * The copies of one line of a cell, one for each time step: nodes that differ only in t. A node
 * outside any unrolled loop is a family of its own. The compiler works on families; it treats
 * membership as a hint and checks it.
 */
public final class Family {
  private final String label;
  private final StackTraceElement line;

  private List<Run> runs = List.of();

  Family(String label, StackTraceElement line) {
    this.label = label;
    this.line = line;
  }

  /** Returns path and op, {@code rnn.cell.forget/matmul}, as errors and dumps show them. */
  public String label() {
    return label;
  }

  /** Returns the line of user code that built the first member, where it is known. */
  public Optional<StackTraceElement> line() {
    return Optional.ofNullable(line);
  }

  /** Returns the members at time steps: in few runs, mostly one or two. */
  public List<Run> runs() {
    return Collections.unmodifiableList(runs);
  }

  /** Returns the shape of a member: given the same as another of the same op, the same. */
  Shape shapeOf(Op op, List<Node> operands) {
    Node known = runs.isEmpty() ? null : runs.get(runs.size() - 1).first();
    if (known != null && op == known.op() && haveShapes(operands, known.operands())) {
      return known.shape();
    }
    Shape shape = Node.shapeOf(op, operands);
    // The very same, so that those who are given it know it again.
    return known != null && shape.equals(known.shape()) ? known.shape() : shape;
  }

  private static boolean haveShapes(List<Node> nodes, List<Node> others) {
    boolean same = nodes.size() == others.size();
    for (int i = 0; same && i < nodes.size(); i++) {
      same = nodes.get(i).shape() == others.get(i).shape();
    }
    return same;
  }

  /** Adds a member at a time step. */
  void add(Node node) {
    if (runs.isEmpty()) {
      runs = new ArrayList<>(2);
    }
    if (runs.isEmpty() || !runs.get(runs.size() - 1).add(node)) {
      runs.add(new Run(node));
    }
  }

  @Override
  public String toString() {
    return label;
  }
}
