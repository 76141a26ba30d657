package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Op;

/** How plans compute an op. */
public enum Kind {
  /** Not at all: the value comes from outside. */
  LEAF,
  /** Once for all runs. */
  CONSTANT,
  /** As another look at what is there. */
  VIEW,
  /** As a view of what the time step before left. */
  STATE,
  /** Operand by operand, each added to those before it. */
  SUM,
  /** Element by element, by a {@link PointwiseOp#kernel}. */
  ELEMENTWISE,
  /** As a matrix product. */
  PRODUCT,
  /** Along some axes, one number from each line of elements, as an {@link AxesOp} says. */
  FOLD,
  /** Row by row, as a {@link RowOp} says. */
  ROWS,
  /** Operand by operand, each into a part of the result, as a {@link JoinOp} says. */
  JOIN,
  /** As rows of a table. */
  LOOKUP,
  /** As rows that are added to those of a table. */
  SCATTER,
  /** As random numbers. */
  DRAW,
  /** By the op's own {@link Op#forward}: so are all ops that are not of this library. */
  CALL;

  /** Returns how an op is computed. */
  public static Kind of(Op op) {
    return op instanceof BuiltIn own ? own.kind() : CALL;
  }

  /** Returns whether nothing is computed, because the operand's own elements are the result. */
  public boolean isView() {
    return this == VIEW || this == STATE;
  }
}
