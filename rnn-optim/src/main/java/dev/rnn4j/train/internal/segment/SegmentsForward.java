package dev.rnn4j.train.internal.segment;

/** Segments one after the other, to evaluate: the states of the moment are all that is kept. */
final class SegmentsForward implements SegmentPassage {
  private final Segment inner;
  private final Segment last;
  private final Kept moment;

  /**
   * Creates the passage.
   *
   * @param inner all segments but the last one
   * @param last the last one, which may be shorter
   */
  SegmentsForward(Segment inner, Segment last, SegmentForm form) {
    this.inner = inner;
    this.last = last;
    this.moment = new Kept(inner.precision(), form.shapes());
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
  }

  @Override
  public void leave() {
    // An evaluation moves no states.
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
    return 0;
  }
}
