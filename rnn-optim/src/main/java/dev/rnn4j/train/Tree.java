package dev.rnn4j.train;

import java.util.Arrays;

/**
 * Sums of doubles in a fixed binary tree: the bits do not depend on who adds what first, only on
 * the order of what is added. Allocates nothing but for more levels.
 */
final class Tree {
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
}
