package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;

/** What cells check of parameters that stand by themselves. */
final class CellShapes {
  private CellShapes() {}

  /**
   * Refuses a parameter of another shape.
   *
   * @param cell the cell with its article: {@code an IndRnnCell}
   */
  static void require(String cell, String what, Parameter parameter, int... sizes) {
    checkNotNull(parameter, "%s was given null as its %s", cell, what.replaceFirst("^an? ", ""));
    if (!parameter.shape().equals(Shape.of(sizes))) {
      throw new ShapeException(
          cell + " takes " + what + " " + Shape.of(sizes) + ", and was given " + parameter.shape());
    }
  }
}
