package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.tensor.Shape;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The lines of a row-major tensor along an axis.
 *
 * @param size the elements of a line
 * @param inner how far they are apart
 * @param lines how many there are
 */
public record Axis(int size, int inner, int lines) {
  /** Takes the element at a position to a position of the result. */
  @FunctionalInterface
  public interface Move {
    /** Takes an element. */
    void move(int to, int from);
  }

  /** Returns the lines of a tensor of a shape. */
  public static Axis of(Shape shape, int axis) {
    return new Axis(shape.size(axis), shape.strides()[axis], shape.without(axis).elements());
  }

  /** Returns the place in its line of the element at a position. */
  public int place(int position) {
    return position / inner % size;
  }

  /**
   * Picks the largest or smallest elements of each line, in order; equal ones as they come, and NaN
   * as larger than all.
   */
  public void pick(double[] x, boolean largest, int count, Move move) {
    for (int line = 0; line < lines; line++) {
      int outer = line / inner;
      int first = outer * size * inner + line % inner;
      Comparator<Integer> up = Comparator.comparingDouble(j -> x[first + j * inner]);
      int[] order =
          IntStream.range(0, size)
              .boxed()
              .sorted(largest ? up.reversed() : up)
              .limit(count)
              .mapToInt(Integer::intValue)
              .toArray();
      for (int j = 0; j < order.length; j++) {
        move.move((outer * count + j) * inner + line % inner, first + order[j] * inner);
      }
    }
  }
}
