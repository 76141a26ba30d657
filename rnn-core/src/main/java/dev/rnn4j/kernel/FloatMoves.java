package dev.rnn4j.kernel;

public final class FloatMoves {
  public static void copy(int[] s, float[] x, int xo, int[] xs, float[] y, int yo, int[] ys) {
    c(0, s, x, xo, xs, y, yo, ys);
  }

  static void c(int ax, int[] s, float[] x, int xo, int[] xs, float[] y, int yo, int[] ys) {
    if (ax == s.length) {
      y[yo] = x[xo];
      return;
    }
    for (int i = 0; i < s[ax]; i++) c(ax + 1, s, x, xo + i * xs[ax], xs, y, yo + i * ys[ax], ys);
  }

  public static void gather(
      int count, int width, float[] t, int to, int rows, float[] ix, int io, float[] y, int yo) {
    for (int i = 0; i < count; i++)
      System.arraycopy(t, to + (int) ix[io + i] * width, y, yo + i * width, width);
  }

  public static void scatterAdd(
      int count, int width, float[] x, int xo, float[] ix, int io, int rows, float[] t, int to) {
    for (int i = 0; i < count; i++)
      for (int j = 0; j < width; j++) t[to + (int) ix[io + i] * width + j] += x[xo + i * width + j];
  }
}
