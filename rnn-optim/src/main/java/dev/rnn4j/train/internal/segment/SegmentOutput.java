package dev.rnn4j.train.internal.segment;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.cut.Role;
import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;

/** One output of an objective, put together from segments. Allocates nothing until it is read. */
final class SegmentOutput {
  private final String name;
  private final Role role;
  private final Shape shape;
  private final int row;
  private final float[] floats;
  private final double[] doubles;
  private final double[] part;

  /**
   * Creates the output.
   *
   * @param role what the segments' output is to that of whole sequences
   * @param ofSegment its shape for a segment
   * @param steps the length of whole sequences
   */
  SegmentOutput(String name, Role role, Shape ofSegment, int steps, Precision precision) {
    boolean rows = role.kind() == Kind.STEPS;
    this.name = name;
    this.role = role;
    this.shape = rows ? ofSegment.with(0, steps) : ofSegment;
    this.row = rows ? ofSegment.without(0).elements() : 0;
    boolean sums = role.kind() == Kind.SUM;
    int elements = isKnown() ? shape.elements() : 0;
    this.floats = new float[precision == Precision.FLOAT32 && !sums ? elements : 0];
    this.doubles = new double[floats.length == 0 ? elements : 0];
    this.part = new double[sums ? elements : 0];
  }

  /** Returns whether it can be put together. */
  boolean isKnown() {
    return role.kind() != Kind.MIXED;
  }

  /** Returns whether segments other than the last one have a part of it. */
  boolean isInAll() {
    return role.kind() == Kind.STEPS || role.kind() == Kind.SUM;
  }

  /** Returns whether each segment has some of its rows. */
  boolean isRows() {
    return role.kind() == Kind.STEPS;
  }

  /** Returns the bytes that it takes. */
  long bytes() {
    return (long) Float.BYTES * floats.length
        + (long) Double.BYTES * (doubles.length + part.length);
  }

  /** Begins a run. */
  void begin() {
    if (part.length > 0) {
      Arrays.fill(doubles, 0);
    }
  }

  /** Takes what a segment that begins at a step has of it. */
  void take(Session session, Node node, int step) {
    if (part.length > 0) {
      session.get(node, part);
      for (int i = 0; i < part.length; i++) {
        doubles[i] += part[i];
      }
    } else if (floats.length > 0) {
      session.get(node, floats, step * row);
    } else {
      session.get(node, doubles, step * row);
    }
  }

  Tensor read(Precision precision) {
    checkState(
        isKnown(),
        "the output %s is not put together from segments of a memory budget: %s",
        name,
        role.why());
    return floats.length > 0
        ? Tensor.of(shape, floats.clone())
        : Tensor.of(shape, doubles.clone()).to(precision);
  }
}
