package dev.rnn4j.plan.internal.program;

import com.google.common.primitives.Ints;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The fewest nested loops over layouts of one shape: neighbouring axes that every layout steps
 * through evenly are one loop, and axes of size 1 none.
 *
 * @param sizes the loops' lengths, outermost first; at least one
 * @param strides each layout's step in each loop
 */
public record Loops(int[] sizes, int[][] strides) {
  public static Loops over(List<Layout> layouts) {
    Shape shape = layouts.get(0).shape();
    List<Integer> sizes = new ArrayList<>();
    List<int[]> steps = new ArrayList<>();
    for (int axis = 0; axis < shape.rank(); axis++) {
      int at = axis;
      int size = shape.size(axis);
      int[] step = layouts.stream().mapToInt(layout -> layout.stride(at)).toArray();
      int last = steps.size() - 1;
      if (last >= 0 && isEven(steps.get(last), step, size)) {
        sizes.set(last, sizes.get(last) * size);
        steps.set(last, step);
      } else if (size != 1) {
        sizes.add(size);
        steps.add(step);
      }
    }
    if (sizes.isEmpty()) {
      sizes.add(1);
      steps.add(layouts.stream().mapToInt(layout -> 1).toArray());
    }
    int[][] strides = new int[layouts.size()][];
    Arrays.setAll(strides, i -> steps.stream().mapToInt(step -> step[i]).toArray());
    return new Loops(Ints.toArray(sizes), strides);
  }

  /** Returns whether two loops are enough, rows and columns, as the code of blocks takes them. */
  public static boolean areFew(List<Place> places) {
    return over(places.stream().map(Place::layout).toList()).depth() <= 2;
  }

  private static boolean isEven(int[] outer, int[] inner, int innerSize) {
    for (int i = 0; i < outer.length; i++) {
      if (outer[i] != inner[i] * innerSize) {
        return false;
      }
    }
    return true;
  }

  /** Returns the number of loops. */
  public int depth() {
    return sizes.length;
  }
}
