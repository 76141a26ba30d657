package dev.rnn4j.train.internal.segment;

/** Segments one after the other, to evaluate: the states of the moment are all that is kept. */
final class SegmentsForward implements SegmentPassage {
  private final Segment inner;
  private final Segment last;
  private final Kept moment;

  /** What leaves the states after the last segment for the next batch, or null. */
  private final StateMove move;

  /**
   * Creates the passage.
   *
   * @param inner all segments but the last one
   * @param last the last one, which may be shorter
   * @param move what leaves the states for the next batch, or null
   */
  SegmentsForward(Segment inner, Segment last, SegmentForm form, StateMove move) {
    this.inner = inner;
    this.last = last;
    this.moment = new Kept(inner.precision(), form.shapes());
    this.move = move;
  }

  @Override
  public void run(SegmentPlan plan) {
    int end = plan.count() - 1;
    Kept before = null;
    for (int k = 0; k < end; k++) {
      plan.run(inner, k, before, null);
      plan.takeResults(inner, k);
      moment.take(inner.plan().session(), inner.ends());
      before = moment;
    }
    plan.run(last, end, before, null);
    plan.takeResults(last, end);
    if (move != null) {
      moment.take(last.plan().session(), last.ends());
    }
  }

  @Override
  public void leave() {
    if (move != null) {
      move.run(moment);
    }
  }

  @Override
  public long keptBytes() {
    return moment.bytes();
  }

  @Override
  public long runBytes() {
    return 0;
  }

  @Override
  public long ownBytes() {
    return move == null ? 0 : move.bytes();
  }
}
