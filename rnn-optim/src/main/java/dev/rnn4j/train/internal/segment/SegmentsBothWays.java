package dev.rnn4j.train.internal.segment;

/**
 * Segments forward and back, to train (Chen, Xu, Zhang and Guestrin, "Training deep nets with
 * sublinear memory cost", 2016; Gruslys et al., "Memory-efficient backpropagation through time",
 * 2016). A first run forward keeps the states between segments only. Then each segment, the last
 * one first, runs forward once more and backward, from the gradient with respect to its final
 * states that the segment after it has left, and adds its part to the gradients in their places.
 */
final class SegmentsBothWays implements SegmentPassage {
  private final Segment walk;
  private final Segment inner;
  private final Segment last;
  private final boolean isWalked;

  /** The states before each segment but the first. */
  private final Kept[] between;

  /** The gradient with respect to the states after the segment under way. */
  private final Kept adjoint;

  /** What leaves the states after the last segment for the next batch, and these; or null. */
  private final StateMove move;

  private final Kept end;

  /**
   * Creates the passage.
   *
   * @param walk the run forward that has states only
   * @param inner all segments but the last one
   * @param last the last one, which may be shorter
   * @param count the number of segments
   * @param move what leaves the states for the next batch, or null
   */
  SegmentsBothWays(
      Segment walk, Segment inner, Segment last, SegmentForm form, int count, StateMove move) {
    this.walk = walk;
    this.inner = inner;
    this.last = last;
    this.isWalked = !form.states().isEmpty();
    this.between = new Kept[count - 1];
    for (int k = 0; k < between.length; k++) {
      between[k] = new Kept(inner.precision(), form.shapes());
    }
    this.adjoint = new Kept(inner.precision(), form.shapes());
    this.move = move;
    this.end = move == null ? null : new Kept(inner.precision(), form.shapes());
  }

  @Override
  public void run(SegmentPlan plan) {
    for (int k = 0; k < between.length && isWalked; k++) {
      plan.run(walk, k, before(k), null);
      between[k].take(walk.plan().session(), walk.ends());
    }
    plan.run(last, between.length, before(between.length), null);
    plan.takeResults(last, between.length);
    if (end != null) {
      end.take(last.plan().session(), last.ends());
    }
    goBack(last);
    for (int k = between.length - 1; k >= 0; k--) {
      plan.run(inner, k, before(k), adjoint);
      plan.takeResults(inner, k);
      goBack(inner);
    }
  }

  private Kept before(int k) {
    return k == 0 ? null : between[k - 1];
  }

  private void goBack(Segment segment) {
    adjoint.take(segment.plan().session(), segment.stateGradients());
    segment.plan().leave();
  }

  @Override
  public void leave() {
    if (move != null) {
      move.run(end);
    }
  }

  @Override
  public long keptBytes() {
    return (between.length + (end == null ? 1 : 2)) * adjoint.bytes();
  }

  @Override
  public long runBytes() {
    return walk.plan().session().neededBytes();
  }

  @Override
  public long ownBytes() {
    return walk.plan().bytes() + (move == null ? 0 : move.bytes());
  }
}
