package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.part.Linear;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;

/** What cells check of parameters and maps that stand by themselves. */
final class CellShapes {
  private CellShapes() {}

  /**
   * Refuses a parameter of another shape.
   *
   * @param cell the cell with its article: {@code an IndRnnCell}
   */
  static void require(String cell, String what, Parameter parameter, int... sizes) {
    requireGiven(cell, what, parameter);
    if (!parameter.shape().equals(Shape.of(sizes))) {
      throw new ShapeException(
          cell + " takes " + what + " " + Shape.of(sizes) + ", and was given " + parameter.shape());
    }
  }

  /** Refuses a map with a matrix of another shape. */
  static void require(String cell, String what, Linear map, int rows, int columns) {
    requireGiven(cell, what, map);
    require(cell, what, map.weight(), rows, columns);
  }

  private static void requireGiven(String cell, String what, Object part) {
    checkNotNull(part, "%s was given null as its %s", cell, what.replaceFirst("^an? ", ""));
  }
}
