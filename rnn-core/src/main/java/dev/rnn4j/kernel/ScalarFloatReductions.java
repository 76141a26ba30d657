package dev.rnn4j.kernel;

import java.util.Arrays;

/** Sums and largest values over an axis. */
public final class ScalarFloatReductions {
  /** The virtual lanes in which neighbours are summed. */
  public static final int LANES = 16;

  private ScalarFloatReductions() {}

  static void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    for (int o = 0; o < outer; o++) {
      int from = xOffset + o * axis * inner;
      int to = yOffset + o * inner;
      if (inner == 1) {
        y[to] = sum(axis, x, from);
      } else if (axis == 0) {
        Arrays.fill(y, to, to + inner, 0);
      } else if (inner >= ScalarFloatChunks.LEAST) {
        ScalarFloatChunks.sumRows(axis, inner, x, from, y, to);
      } else {
        System.arraycopy(x, from, y, to, inner);
        for (int i = 1; i < axis; i++) {
          ScalarFloatPointwise.add(inner, y, to, x, from + i * inner, y, to);
        }
      }
    }
  }

  static void sumOfProducts(
      int outer,
      int axis,
      int inner,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    for (int o = 0; o < outer; o++) {
      int aFrom = aOffset + o * axis * inner;
      int bFrom = bOffset + o * axis * inner;
      int to = yOffset + o * inner;
      if (inner == 1) {
        y[to] = sumOfProducts(axis, a, aFrom, b, bFrom);
      } else if (axis == 0) {
        Arrays.fill(y, to, to + inner, 0);
      } else {
        ScalarFloatPointwise.multiply(inner, a, aFrom, b, bFrom, y, to);
        for (int i = 1; i < axis; i++) {
          int at = i * inner;
          ScalarFloatPointwise.addProduct(inner, y, to, a, aFrom + at, b, bFrom + at, y, to);
        }
      }
    }
  }

  static void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    for (int o = 0; o < outer; o++) {
      int from = xOffset + o * axis * inner;
      int to = yOffset + o * inner;
      if (inner == 1) {
        y[to] = max(axis, x, from);
      } else if (axis == 0) {
        Arrays.fill(y, to, to + inner, Float.NEGATIVE_INFINITY);
      } else {
        System.arraycopy(x, from, y, to, inner);
        for (int i = 1; i < axis; i++) {
          ScalarFloatPointwise.maximum(inner, y, to, x, from + i * inner, y, to);
        }
      }
    }
  }

  /** Returns the sum of the virtual lanes that begin at a position. */
  public static float sumOfLanes(float[] x, int at) {
    float s0 = (x[at] + x[at + 8]) + (x[at + 4] + x[at + 12]);
    float s1 = (x[at + 1] + x[at + 9]) + (x[at + 5] + x[at + 13]);
    float s2 = (x[at + 2] + x[at + 10]) + (x[at + 6] + x[at + 14]);
    float s3 = (x[at + 3] + x[at + 11]) + (x[at + 7] + x[at + 15]);
    return (s0 + s2) + (s1 + s3);
  }

  /** Returns the sum of n neighbours. */
  public static float sum(int n, float[] x, int offset) {
    int end = offset + n;
    return (lanes(x, offset, end) + lanes(x, offset + 2, end))
        + (lanes(x, offset + 1, end) + lanes(x, offset + 3, end));
  }

  /** Returns the sum of the virtual lanes l, l + 4, l + 8 and l + 12, beginning at lane l. */
  private static float lanes(float[] x, int from, int end) {
    float s0 = 0;
    float s4 = 0;
    float s8 = 0;
    float s12 = 0;
    int i = from;
    for (; i + 12 < end; i += LANES) {
      s0 += x[i];
      s4 += x[i + 4];
      s8 += x[i + 8];
      s12 += x[i + 12];
    }
    if (i < end) {
      s0 += x[i];
    }
    if (i + 4 < end) {
      s4 += x[i + 4];
    }
    if (i + 8 < end) {
      s8 += x[i + 8];
    }
    return (s0 + s8) + (s4 + s12);
  }

  /** Returns the sum of a·b for n neighbours, in virtual lanes. */
  private static float sumOfProducts(int n, float[] a, int aFrom, float[] b, int bFrom) {
    return (lanesOfProducts(n, 0, a, aFrom, b, bFrom) + lanesOfProducts(n, 2, a, aFrom, b, bFrom))
        + (lanesOfProducts(n, 1, a, aFrom, b, bFrom) + lanesOfProducts(n, 3, a, aFrom, b, bFrom));
  }

  /** Returns the sum of the virtual lanes l, l + 4, l + 8 and l + 12. */
  private static float lanesOfProducts(
      int n, int lane, float[] a, int aFrom, float[] b, int bFrom) {
    float s0 = 0;
    float s4 = 0;
    float s8 = 0;
    float s12 = 0;
    int i = lane;
    for (; i + 12 < n; i += LANES) {
      s0 += a[aFrom + i] * b[bFrom + i];
      s4 += a[aFrom + i + 4] * b[bFrom + i + 4];
      s8 += a[aFrom + i + 8] * b[bFrom + i + 8];
      s12 += a[aFrom + i + 12] * b[bFrom + i + 12];
    }
    if (i < n) {
      s0 += a[aFrom + i] * b[bFrom + i];
    }
    if (i + 4 < n) {
      s4 += a[aFrom + i + 4] * b[bFrom + i + 4];
    }
    if (i + 8 < n) {
      s8 += a[aFrom + i + 8] * b[bFrom + i + 8];
    }
    return (s0 + s8) + (s4 + s12);
  }

  /** Returns the largest of n neighbours. */
  public static float max(int n, float[] x, int offset) {
    float y = Float.NEGATIVE_INFINITY;
    for (int i = 0; i < n; i++) {
      y = Math.max(y, x[offset + i]);
    }
    return y;
  }
}
