package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;

/** A number for each step of each sequence, to stand beside what a cell has at a step. */
final class StepMarks {
  private final Node columns;
  private final String where;

  /**
   * Creates the marks.
   *
   * @param marks {@code [T, N]}
   * @param where they are, for errors: {@code under a mask}
   */
  StepMarks(Node marks, String where) {
    this.columns = marks.reshape(marks.shape().insert(2, 1));
    this.where = where;
  }

  /** Returns those of a step, {@code [N, 1]}. */
  Node at(int t) {
    return columns.step(t);
  }

  /** Returns those of a step in the rank of a value {@code [N, ...]}. */
  Node beside(int t, Node value) {
    return beside(at(t), value);
  }

  /** Returns a column {@code [N, 1]} in the rank of a value {@code [N, ...]}. */
  Node beside(Node column, Node value) {
    Shape shape = value.shape();
    if (shape.rank() == 0 || shape.size(0) != column.size(0)) {
      throw new ShapeException(
          where
              + ", states and outputs of a cell are [N, ...] with N = "
              + column.size(0)
              + ", one row for each sequence, and "
              + value
              + " is not");
    }
    Shape wide = Shape.of(column.size(0));
    while (wide.rank() < shape.rank()) {
      wide = wide.insert(wide.rank(), 1);
    }
    return wide.equals(column.shape()) ? column : column.reshape(wide);
  }
}
