package dev.rnn4j.plan.internal.program;

import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
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
      int size = shape.size(axis);
      if (size == 1) {
        continue;
      }
      int[] step = new int[layouts.size()];
      for (int i = 0; i < step.length; i++) {
        step[i] = layouts.get(i).stride(axis);
      }
      int last = steps.size() - 1;
      if (last >= 0 && isEven(steps.get(last), step, size)) {
        sizes.set(last, sizes.get(last) * size);
        steps.set(last, step);
      } else {
        sizes.add(size);
        steps.add(step);
      }
    }
    if (sizes.isEmpty()) {
      int[] ones = new int[layouts.size()];
      java.util.Arrays.fill(ones, 1);
      sizes.add(1);
      steps.add(ones);
    }
    int[][] strides = new int[layouts.size()][sizes.size()];
    for (int i = 0; i < strides.length; i++) {
      for (int loop = 0; loop < sizes.size(); loop++) {
        strides[i][loop] = steps.get(loop)[i];
      }
    }
    return new Loops(sizes.stream().mapToInt(Integer::intValue).toArray(), strides);
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
