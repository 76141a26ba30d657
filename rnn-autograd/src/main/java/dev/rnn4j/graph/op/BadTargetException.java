package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;

/** A target that is none, a label without a class for example, and where it stands in the batch. */
public final class BadTargetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Node node;
  private final int position;
  private final String complaint;

  private BadTargetException(Node node, int step, int position, String complaint) {
    super(InBatch.nameOf(node) + " at " + InBatch.where(node, step, position) + complaint);
    this.node = node;
    this.position = position;
    this.complaint = complaint;
  }

  /**
   * Creates the exception.
   *
   * @param node the operand in which it was met
   * @param position its position in row-major order
   * @param complaint how the sentence goes on after name and place
   */
  BadTargetException(Node node, int position, String complaint) {
    this(node, node.step(), position, complaint);
  }

  /** Returns the same, met at a time step of a loop. */
  public BadTargetException at(int step) {
    return new BadTargetException(node, step, position, complaint);
  }
}
