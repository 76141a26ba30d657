package dev.rnn4j.graph;

import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;

/**
 * The copies of one line of a cell, one for each time step: nodes that differ only in t. A node
 * outside any unrolled loop is a family of its own. The compiler works on families; it treats
 * membership as a hint and checks it.
 */
public final class Family {
  private final String label;
  private final StackTraceElement builtAt;
  private final Family source;

  /** What the last members have in common; null before the first at a time step. */
  private Streak latest;

  /**
   * Creates a family.
   *
   * @param source what this is part of the gradient of, or null
   */
  Family(String label, StackTraceElement builtAt, Family source) {
    this.label = label;
    this.builtAt = builtAt;
    this.source = source;
  }

  /** Returns path and op, {@code rnn.cell.forget/matmul}, as errors and dumps show them. */
  public String label() {
    return label;
  }

  /**
   * Returns the line of user code that built the first member, or what it is part of the gradient
   * of, where it is known.
   */
  public Optional<StackTraceElement> builtAt() {
    return builtAt == null && source != null ? source.builtAt() : Optional.ofNullable(builtAt);
  }

  /** Returns what this is part of the gradient of. */
  public Optional<Family> source() {
    return Optional.ofNullable(source);
  }

  /** Adds a member that begins a streak, where it has a time step. */
  Node first(Node node) {
    latest = node.step() == Trace.NO_STEP ? latest : new Streak(node);
    return node;
  }

  /**
   * Returns another member. One that goes on with what those before do is like the first of them,
   * whose op need not be asked again.
   */
  Node member(Op op, List<Node> operands, int step) {
    if (latest == null || !latest.isNext(op, operands, step)) {
      return first(new Node(op, operands, Node.shapeOf(op, operands), this, step));
    }
    Node like = latest.first();
    if (op == like.op() || latest.isSame(op)) {
      return latest.add(new Node(like.op(), operands, like.shape(), this, step));
    }
    Shape shape = Node.shapeOf(op, operands);
    boolean same = shape.equals(like.shape());
    Node node = new Node(op, operands, same ? like.shape() : shape, this, step);
    return same ? latest.add(node) : first(node);
  }

  @Override
  public String toString() {
    return label;
  }
}
