package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Draw;
import java.util.List;
import java.util.function.Function;

/**
 * One row of the op table.
 *
 * @param name what is applied, and to which shapes
 * @param operands shape and values of each operand
 * @param build applies the op
 * @param shape the shape that must come out
 * @param formula the value that must come out
 * @param smooth whether finite differences see the gradient: not at ties, nor behind stopGradient
 */
record OpCase(
    String name,
    List<Operand> operands,
    Function<List<Node>, Node> build,
    Shape shape,
    Formula formula,
    boolean smooth) {

  /** What one element of the result should be. */
  @FunctionalInterface
  interface Formula {
    double at(int[] index, List<Tensor> x);
  }

  /** The values an operand may have. */
  @FunctionalInterface
  interface Domain {
    Tensor draw(Draw draw, Shape shape);

    static Domain between(double low, double high) {
      return (draw, shape) -> draw.uniform(shape, low, high);
    }

    /** Values of either sign that are not near 0. */
    static Domain away(double low, double high) {
      return (draw, shape) -> draw.eitherSign(shape, low, high);
    }

    /** Quarters, shifted: values of two operands with different shifts are never close. */
    static Domain apart(double shift) {
      return (draw, shape) -> draw.quarters(shape, -8, 9, shift);
    }

    static Domain whole(int low, int high) {
      return (draw, shape) -> draw.whole(shape, low, high);
    }
  }

  /**
   * An operand.
   *
   * @param fixed whether it is a constant, which no gradient is taken of
   */
  record Operand(Shape shape, Domain domain, boolean fixed) {}

  @Override
  public String toString() {
    return name + " of " + operands.stream().map(Operand::shape).toList();
  }
}
