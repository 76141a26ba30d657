package dev.rnn4j.kernel;

import java.util.Arrays;

/**
 * The matrix product with rows of b that are arrays of their own: loops that count from 0 through
 * several arrays are what the JIT turns into vector instructions without help.
 */
final class ScalarFloatRows {
  /** The most columns of a row: enough for the loops, few enough for the cache. */
  static final int WIDTH = 256;

  /** The columns up to which rows are short. */
  private static final int SHORT = 96;

  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** The length of a row that is, with its header, a multiple of a cache line. */
  private static final int ROW = WIDTH + 48 / Float.BYTES;

  /** Two rows of sums, and a row of c. */
  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[3][ROW]);

  /** Where the rows of a b go that is not packed. */
  private static final ThreadLocal<float[][]> ROWS_OF_B =
      ThreadLocal.withInitial(() -> new float[BLOCK][ROW]);

  private ScalarFloatRows() {}

  /** c = a · b or c += a · b, where b is copied into rows block by block. */
  static void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    float[][] rows = ROWS_OF_B.get();
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int from = aOffset + p * aColumn;
      boolean add = accumulate || p > 0;
      for (int j = 0; j < n; j += WIDTH) {
        int columns = Math.min(WIDTH, n - j);
        for (int i = 0; i < depth; i++) {
          copy(columns, b, bOffset + (p + i) * bRow + j * bColumn, bColumn, rows[i], 0);
        }
        multiply(m, columns, depth, a, from, aRow, aColumn, rows, 0, c, cOffset + j, cRow, add);
      }
    }
  }

  /** Copies n elements that are {@code bColumn} apart. */
  static void copy(int n, float[] b, int from, int bColumn, float[] row, int to) {
    if (bColumn == 1) {
      System.arraycopy(b, from, row, to, n);
    } else {
      for (int j = 0; j < n; j++) {
        row[to + j] = b[from + j * bColumn];
      }
    }
  }

  /** c [m, n] = a [m, k] · the n columns of k rows from {@code start} on, or c += …. */
  static void multiply(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[][] rows,
      int start,
      float[] c,
      int cOffset,
      int cRow,
      boolean add) {
    float[][] scratch = SCRATCH.get();
    int i = 0;
    for (; i + 2 <= m; i += 2) {
      int from = aOffset + i * aRow;
      int to = cOffset + i * cRow;
      sumTwo(rows, start, k, n, a, from, from + aRow, aColumn, scratch[0], scratch[1]);
      finish(n, scratch[0], scratch[2], c, to, add);
      finish(n, scratch[1], scratch[2], c, to + cRow, add);
    }
    if (i < m) {
      sumOne(rows, start, k, n, a, aOffset + i * aRow, aColumn, scratch[0]);
      finish(n, scratch[0], scratch[2], c, cOffset + i * cRow, add);
    }
  }

  /** s and t = the products of two rows of a with the rows from start on. */
  private static void sumTwo(
      float[][] rows,
      int start,
      int k,
      int n,
      float[] a,
      int aOffset1,
      int aOffset2,
      int aColumn,
      float[] s,
      float[] t) {
    Arrays.fill(s, 0, n, 0);
    Arrays.fill(t, 0, n, 0);
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      int i = aOffset1 + p * aColumn;
      int j = aOffset2 + p * aColumn;
      if (n < SHORT) {
        addFourShort(
            n,
            s,
            t,
            rows[start + p],
            rows[start + p + 1],
            rows[start + p + 2],
            rows[start + p + 3],
            a[i],
            a[i + aColumn],
            a[i + 2 * aColumn],
            a[i + 3 * aColumn],
            a[j],
            a[j + aColumn],
            a[j + 2 * aColumn],
            a[j + 3 * aColumn]);
      } else {
        addFour(
            n,
            s,
            t,
            rows[start + p],
            rows[start + p + 1],
            rows[start + p + 2],
            rows[start + p + 3],
            a[i],
            a[i + aColumn],
            a[i + 2 * aColumn],
            a[i + 3 * aColumn],
            a[j],
            a[j + aColumn],
            a[j + 2 * aColumn],
            a[j + 3 * aColumn]);
      }
    }
    for (; p < k; p++) {
      addOne(n, s, rows[start + p], a[aOffset1 + p * aColumn]);
      addOne(n, t, rows[start + p], a[aOffset2 + p * aColumn]);
    }
  }

  /** s = the products of a row of a with the rows from start on. */
  private static void sumOne(
      float[][] rows, int start, int k, int n, float[] a, int aOffset, int aColumn, float[] s) {
    Arrays.fill(s, 0, n, 0);
    int p = 0;
    for (; p + 4 <= k; p += 4) {
      int i = aOffset + p * aColumn;
      addFour(
          n,
          s,
          rows[start + p],
          rows[start + p + 1],
          rows[start + p + 2],
          rows[start + p + 3],
          a[i],
          a[i + aColumn],
          a[i + 2 * aColumn],
          a[i + 3 * aColumn]);
    }
    for (; p < k; p++) {
      addOne(n, s, rows[start + p], a[aOffset + p * aColumn]);
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

  /**
   * The same for short rows. The JIT chooses the width of vectors by the length that a loop has on
   * average, so that long and short rows need loops of their own.
   */
  private static void addFourShort(
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
