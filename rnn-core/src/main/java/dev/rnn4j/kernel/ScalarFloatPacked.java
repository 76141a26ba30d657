package dev.rnn4j.kernel;

import java.util.Arrays;

/**
 * A matrix as one array for each row of each panel, and the product with it. Loops that count from
 * 0 through several arrays are what the JIT turns into vector instructions without help; with an
 * offset into one array it does not. A narrow matrix, for which such loops do not pay, is one
 * array.
 */
final class ScalarFloatPacked extends FloatPacked {
  /** The most columns of a panel: enough for the loops, few enough for the cache. */
  private static final int WIDTH = 256;

  /** The columns from which loops over rows pay. */
  private static final int NARROW = 16;

  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** The length of a row that is, with its header, a multiple of a cache line. */
  private static final int ROW = WIDTH + 48 / Float.BYTES;

  /** Two rows of sums, and a row of c. */
  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[3][ROW]);

  /** The width of the panels but the last. */
  private final int width;

  private final float[][][] panels;
  private final float[] narrow;

  ScalarFloatPacked(int k, int n) {
    super(k, n);
    int count = n < NARROW ? 0 : (n + WIDTH - 1) / WIDTH;
    width = count == 0 ? n : (n + count - 1) / count;
    panels = new float[count][k][];
    for (int j = 0; j < count; j++) {
      for (int i = 0; i < k; i++) {
        panels[j][i] = new float[Math.min(width, n - j * width)];
      }
    }
    narrow = new float[count == 0 ? k * n : 0];
  }

  /** Copies element (i, j) from b[bOffset + i·bRow + j·bColumn]. */
  void pack(float[] b, int bOffset, int bRow, int bColumn) {
    for (int i = 0; i < k(); i++) {
      int from = bOffset + i * bRow;
      if (panels.length == 0) {
        copy(n(), b, from, bColumn, narrow, i * n());
      }
      for (int j = 0; j < panels.length; j++) {
        float[] row = panels[j][i];
        copy(row.length, b, from + j * width * bColumn, bColumn, row, 0);
      }
    }
  }

  private static void copy(int n, float[] b, int from, int bColumn, float[] row, int to) {
    if (bColumn == 1) {
      System.arraycopy(b, from, row, to, n);
    } else {
      for (int j = 0; j < n; j++) {
        row[to + j] = b[from + j * bColumn];
      }
    }
  }

  void multiply(
      int m,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    int n = n();
    int k = k();
    if (panels.length == 0) {
      ScalarFloatGemm.gemm(
          m, n, k, a, aOffset, aRow, aColumn, narrow, 0, n, 1, c, cOffset, cRow, accumulate);
      return;
    }
    if (k == 0 && !accumulate) {
      ScalarFloatGemm.clear(m, n, c, cOffset, cRow);
    }
    float[][] scratch = SCRATCH.get();
    for (int start = 0; start < k; start += BLOCK) {
      int end = Math.min(k, start + BLOCK);
      boolean add = accumulate || start > 0;
      for (int j = 0; j < panels.length; j++) {
        float[][] rows = panels[j];
        int at = cOffset + j * width;
        int i = 0;
        for (; i + 2 <= m; i += 2) {
          int from = aOffset + i * aRow;
          int to = at + i * cRow;
          sumTwo(rows, start, end, a, from, from + aRow, aColumn, scratch[0], scratch[1]);
          finish(rows[0].length, scratch[0], scratch[2], c, to, add);
          finish(rows[0].length, scratch[1], scratch[2], c, to + cRow, add);
        }
        if (i < m) {
          sumOne(rows, start, end, a, aOffset + i * aRow, aColumn, scratch[0]);
          finish(rows[0].length, scratch[0], scratch[2], c, at + i * cRow, add);
        }
      }
    }
  }

  /** s and t = the products of two rows of a with the rows of a panel from start to end. */
  private static void sumTwo(
      float[][] rows,
      int start,
      int end,
      float[] a,
      int aOffset1,
      int aOffset2,
      int aColumn,
      float[] s,
      float[] t) {
    int n = rows[0].length;
    Arrays.fill(s, 0, n, 0);
    Arrays.fill(t, 0, n, 0);
    int p = start;
    for (; p + 4 <= end; p += 4) {
      int i = aOffset1 + p * aColumn;
      int j = aOffset2 + p * aColumn;
      addFour(
          n,
          s,
          t,
          rows[p],
          rows[p + 1],
          rows[p + 2],
          rows[p + 3],
          a[i],
          a[i + aColumn],
          a[i + 2 * aColumn],
          a[i + 3 * aColumn],
          a[j],
          a[j + aColumn],
          a[j + 2 * aColumn],
          a[j + 3 * aColumn]);
    }
    for (; p < end; p++) {
      addOne(n, s, rows[p], a[aOffset1 + p * aColumn]);
      addOne(n, t, rows[p], a[aOffset2 + p * aColumn]);
    }
  }

  /** s = the products of a row of a with the rows of a panel from start to end. */
  private static void sumOne(
      float[][] rows, int start, int end, float[] a, int aOffset, int aColumn, float[] s) {
    int n = rows[0].length;
    Arrays.fill(s, 0, n, 0);
    int p = start;
    for (; p + 4 <= end; p += 4) {
      int i = aOffset + p * aColumn;
      addFour(
          n,
          s,
          rows[p],
          rows[p + 1],
          rows[p + 2],
          rows[p + 3],
          a[i],
          a[i + aColumn],
          a[i + 2 * aColumn],
          a[i + 3 * aColumn]);
    }
    for (; p < end; p++) {
      addOne(n, s, rows[p], a[aOffset + p * aColumn]);
    }
  }

  private static void addFour(
      int n,
      float[] s,
      float[] t,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float x0,
      float x1,
      float x2,
      float x3,
      float y0,
      float y1,
      float y2,
      float y3) {
    for (int j = 0; j < n; j++) {
      s[j] =
          Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], s[j]))));
      t[j] =
          Math.fma(y3, b3[j], Math.fma(y2, b2[j], Math.fma(y1, b1[j], Math.fma(y0, b0[j], t[j]))));
    }
  }

  private static void addFour(
      int n,
      float[] s,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float x0,
      float x1,
      float x2,
      float x3) {
    for (int j = 0; j < n; j++) {
      s[j] =
          Math.fma(x3, b3[j], Math.fma(x2, b2[j], Math.fma(x1, b1[j], Math.fma(x0, b0[j], s[j]))));
    }
  }

  private static void addOne(int n, float[] s, float[] b, float x) {
    for (int j = 0; j < n; j++) {
      s[j] = Math.fma(x, b[j], s[j]);
    }
  }

  /** Stores the sums in c, or adds them to it. */
  private static void finish(
      int n, float[] sums, float[] scratch, float[] c, int cOffset, boolean add) {
    if (add) {
      System.arraycopy(c, cOffset, scratch, 0, n);
      for (int j = 0; j < n; j++) {
        sums[j] += scratch[j];
      }
    }
    System.arraycopy(sums, 0, c, cOffset, n);
  }
}
