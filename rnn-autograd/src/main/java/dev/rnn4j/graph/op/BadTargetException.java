package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;

/** A target that is none, a label without a class for example, and where it stands in the batch. */
public final class BadTargetException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  private final transient Node node;
  private final transient Place place;
  private final int step;
  private final String complaint;

  /** The words for where the target stands. */
  @FunctionalInterface
  interface Place {
    /**
     * Names it.
     *
     * @param step the time step of a loop, or {@link dev.rnn4j.graph.Trace#NO_STEP}
     * @param before how many time steps of the batch came before those of the run
     */
    String words(int step, int before);
  }

  private BadTargetException(Node node, Place place, int step, int before, String complaint) {
    super(InBatch.nameOf(node, "target") + " at " + place.words(step, before) + complaint);
    this.node = node;
    this.place = place;
    this.step = step;
    this.complaint = complaint;
  }

  /** Creates the exception for an operand whose axes are not those of {@link InBatch#where}. */
  BadTargetException(Node node, String place, String complaint) {
    this(node, (step, before) -> place, node.step(), 0, complaint);
  }

  /**
   * Creates the exception.
   *
   * @param node the operand in which it was met
   * @param position its position in row-major order
   * @param complaint how the sentence goes on after name and place
   */
  BadTargetException(Node node, int position, String complaint) {
    this(
        node,
        (step, before) -> InBatch.where(node, step, before, position),
        node.step(),
        0,
        complaint);
  }

  /** Returns the same, met at a time step of a loop. */
  public BadTargetException at(int loopStep) {
    return new BadTargetException(node, place, loopStep, 0, complaint);
  }

  /** Returns the same, met in a run of a part of a batch, before which there are time steps. */
  public BadTargetException after(int before) {
    return new BadTargetException(node, place, step, before, complaint);
  }
}
