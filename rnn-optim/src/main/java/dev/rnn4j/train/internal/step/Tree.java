package dev.rnn4j.train.internal.step;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Sums of doubles in a fixed binary tree: the bits do not depend on who adds what first, only on
 * the order of what is added. Allocates nothing but for more levels.
 */
final class Tree implements Resumable {
  private static final String COUNT = "count";
  private static final String LEVEL = "level";

  private final int width;
  private double[][] levels = new double[0][];
  private long count;

  Tree(int width) {
    this.width = width;
  }

  void clear() {
    count = 0;
  }

  /** Adds values, which are used up. */
  void add(double[] values) {
    int level = 0;
    for (long rest = count; (rest & 1) == 1; rest >>= 1) {
      addTo(values, levels[level++]);
    }
    if (level == levels.length) {
      levels = Arrays.copyOf(levels, level + 1);
      levels[level] = new double[width];
    }
    System.arraycopy(values, 0, levels[level], 0, width);
    count++;
  }

  /** Writes the sums of all that was added. */
  void sums(double[] into) {
    Arrays.fill(into, 0);
    boolean begun = false;
    for (int level = 0; count >> level != 0; level++) {
      if ((count >> level & 1) == 1) {
        if (begun) {
          addTo(into, levels[level]);
        } else {
          System.arraycopy(levels[level], 0, into, 0, width);
          begun = true;
        }
      }
    }
  }

  /** Adds what came earlier. */
  private void addTo(double[] later, double[] earlier) {
    for (int i = 0; i < width; i++) {
      later[i] = earlier[i] + later[i];
    }
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(COUNT, Tensor.scalar(count));
    for (int level = 0; level < levels.length; level++) {
      if ((count >> level & 1) == 1) {
        state.put(LEVEL + level, Tensor.of(levels[level]));
      }
    }
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    long newCount = (long) Columns.number(state, COUNT);
    double[][] newLevels = new double[Long.SIZE - Long.numberOfLeadingZeros(newCount)][];
    for (int level = 0; level < newLevels.length; level++) {
      newLevels[level] =
          (newCount >> level & 1) == 1
              ? Columns.numbers(state, LEVEL + level, width)
              : new double[width];
    }
    levels = newLevels;
    count = newCount;
  }
}
