package dev.rnn4j.graph.op;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.IntPredicate;

/** Index arithmetic, plainly: what the formulas of the op table are written with. */
final class Indices {
  private Indices() {}

  /** Returns every index of a shape in row-major order. */
  static List<int[]> of(Shape shape) {
    List<int[]> all = new ArrayList<>();
    if (shape.elements() > 0) {
      add(shape, 0, new int[shape.rank()], all);
    }
    return all;
  }

  private static void add(Shape shape, int axis, int[] index, List<int[]> all) {
    if (axis == shape.rank()) {
      all.add(index.clone());
      return;
    }
    for (int i = 0; i < shape.size(axis); i++) {
      index[axis] = i;
      add(shape, axis + 1, index, all);
    }
  }

  /** Returns the element of x that broadcasts to an index of a wider shape. */
  static double broadcast(Tensor x, int[] index) {
    int[] own = new int[x.shape().rank()];
    int added = index.length - own.length;
    for (int axis = 0; axis < own.length; axis++) {
      own[axis] = x.shape().size(axis) == 1 ? 0 : index[axis + added];
    }
    return x.get(own);
  }

  /**
   * Folds the elements of x whose index agrees with {@code index} on the axes that are not folded.
   *
   * @param index an index of the result, from which folded axes have disappeared
   */
  static double fold(
      Tensor x, int[] index, IntPredicate folded, double start, DoubleBinaryOperator f) {
    double result = start;
    for (int[] candidate : of(x.shape())) {
      int kept = 0;
      boolean belongs = true;
      for (int axis = 0; axis < candidate.length; axis++) {
        belongs &= folded.test(axis) || candidate[axis] == index[kept++];
      }
      result = belongs ? f.applyAsDouble(result, x.get(candidate)) : result;
    }
    return result;
  }

  /** Returns an index with one of its numbers replaced. */
  static int[] with(int[] index, int axis, int value) {
    int[] changed = index.clone();
    changed[axis] = value;
    return changed;
  }

  /** Returns an index with a number put in before {@code axis}. */
  static int[] insert(int[] index, int axis, int value) {
    int[] more = new int[index.length + 1];
    System.arraycopy(index, 0, more, 0, axis);
    more[axis] = value;
    System.arraycopy(index, axis, more, axis + 1, index.length - axis);
    return more;
  }

  /** Returns the first numbers of an index. */
  static int[] first(int[] index, int count) {
    return Arrays.copyOf(index, count);
  }

  /** Returns the position of an index in row-major order. */
  static int position(Shape shape, int[] index) {
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      position = position * shape.size(axis) + index[axis];
    }
    return position;
  }
}
