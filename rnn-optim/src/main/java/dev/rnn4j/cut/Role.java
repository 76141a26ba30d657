package dev.rnn4j.cut;

/**
 * What a node says of the sequences that its graph is built for, of which a run may see a segment.
 *
 * @param kind what it is
 * @param at of {@link Kind#STEPS} how many elements of the axis of time lie behind each other at
 *     one step; of {@link Kind#STEP} the time step
 * @param why for {@link Kind#MIXED} which node cannot be cut, and why
 */
public record Role(Kind kind, int at, String why) {
  /** Kinds of roles. */
  public enum Kind {
    /** The same in all segments, and at all steps where it has an axis of time. */
    SAME,
    /** A value at each time step, which follows from that step and from the states before it. */
    STEPS,
    /** The value at one time step, within a loop. */
    STEP,
    /** A sum over all time steps: those of segments add up to that of the whole sequence. */
    SUM,
    /** What the last segment has is what the whole sequence has: the value at the last step. */
    LAST,
    /** The largest over all steps of a segment. */
    PEAK,
    /** A state that a segment begins with. */
    BEGIN,
    /** None of these: it takes the whole sequence. */
    MIXED
  }

  static final Role SAME = new Role(Kind.SAME, 0, "");
  static final Role SUM = new Role(Kind.SUM, 0, "");
  static final Role LAST = new Role(Kind.LAST, 0, "");
  static final Role PEAK = new Role(Kind.PEAK, 0, "");
  static final Role BEGIN = new Role(Kind.BEGIN, 0, "");

  static Role steps(int inner) {
    return new Role(Kind.STEPS, inner, "");
  }

  static Role step(int t) {
    return new Role(Kind.STEP, t, "");
  }

  static Role mixed(String why) {
    return new Role(Kind.MIXED, 0, why);
  }

  boolean is(Kind other) {
    return kind == other;
  }
}
