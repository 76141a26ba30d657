package dev.rnn4j.train.internal.segment;

/** The order in which the segments of a batch run, and what is kept between them. */
interface SegmentPassage {
  /** Runs all segments of the plan's batch, and lets the plan take their results. */
  void run(SegmentPlan plan);

  /** Leaves states where the next batch finds them. */
  void leave();

  /** Returns the bytes of what is kept between segments. */
  long keptBytes();

  /** Returns the bytes that the arrays of a run of plans of its own take. */
  long runBytes();

  /** Returns the bytes of what it has beside the segments' plans, but for arrays. */
  long ownBytes();
}
