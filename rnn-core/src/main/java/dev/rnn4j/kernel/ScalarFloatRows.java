package dev.rnn4j.kernel;

import java.util.Arrays;

/**
 * The matrix product with rows of b that are arrays of their own: loops that count from 0 through
 * several arrays are what the JIT turns into vector instructions without help.
 */
final class ScalarFloatRows {
  /** The most columns of a row: enough for the loops, few enough for the cache. */
  static final int WIDTH = 256;

  /**
   * The columns from which the JIT makes a loop of twice four and of four times four elements: it
   * goes by the length that a loop has on average, so that each kind of row has a loop of its own.
   */
  private static final int MIDDLE = 71;

  private static final int LONG = 151;

  /** The length of a row that is to be of the middle kind, and a multiple of their vectors. */
  private static final int LEAST_MIDDLE = 72;

  /**
   * The columns from which a row is made longer, as longer vectors gain more than it costs: not
   * where four elements fill 32 bytes already.
   */
  private static final int PADDED = Float.BYTES == 4 ? 56 : LEAST_MIDDLE;

  /** The rows of a that are multiplied together. */
  private static final int ROWS = 4;

  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** The length of a row that is, with its header, a multiple of a cache line. */
  private static final int ROW = WIDTH + 48 / Float.BYTES;

  /** Four rows of sums, and a row of c. */
  private static final ThreadLocal<float[][]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[ROWS + 1][ROW]);

  /** Where the rows of a b go that is not packed. */
  private static final ThreadLocal<float[][]> ROWS_OF_B =
      ThreadLocal.withInitial(() -> new float[BLOCK][ROW]);

  private ScalarFloatRows() {}

  /** Returns the elements that a row of n columns has: the rest is computed and of no use. */
  static int length(int n) {
    return n >= PADDED ? Math.max(n, LEAST_MIDDLE) : n;
  }

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
    for (int p = ScalarFloatGemm.lastBlock(k); p >= 0; p -= BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int from = aOffset + p * aColumn;
      boolean add = accumulate || p + depth < k;
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
    float[][] s = SCRATCH.get();
    int length = length(n);
    int i = 0;
    for (; i + ROWS <= m; i += ROWS) {
      int from = aOffset + i * aRow;
      sumFour(rows, start, k, length, a, from, aRow, aColumn, s[0], s[1], s[2], s[3]);
      for (int r = 0; r < ROWS; r++) {
        finish(n, s[r], s[ROWS], c, cOffset + (i + r) * cRow, add);
      }
    }
    for (; i < m; i++) {
      sumOne(rows, start, k, length, a, aOffset + i * aRow, aColumn, s[0]);
      finish(n, s[0], s[ROWS], c, cOffset + i * cRow, add);
    }
  }

  /** s, t, u and v = the products of four rows of a with the rows from start on. */
  private static void sumFour(
      float[][] rows,
      int start,
      int k,
      int n,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] s,
      float[] t,
      float[] u,
      float[] v) {
    Arrays.fill(s, 0, n, 0);
    Arrays.fill(t, 0, n, 0);
    Arrays.fill(u, 0, n, 0);
    Arrays.fill(v, 0, n, 0);
    int i0 = aOffset;
    int i1 = i0 + aRow;
    int i2 = i1 + aRow;
    int i3 = i2 + aRow;
    int p = 0;
    for (; p + 2 <= k; p += 2) {
      addTwo(
          n,
          s,
          t,
          u,
          v,
          rows[start + p],
          rows[start + p + 1],
          a[i0],
          a[i0 + aColumn],
          a[i1],
          a[i1 + aColumn],
          a[i2],
          a[i2 + aColumn],
          a[i3],
          a[i3 + aColumn]);
      i0 += 2 * aColumn;
      i1 += 2 * aColumn;
      i2 += 2 * aColumn;
      i3 += 2 * aColumn;
    }
    if (p < k) {
      float[] row = rows[start + p];
      addOne(n, s, row, a[i0]);
      addOne(n, t, row, a[i1]);
      addOne(n, u, row, a[i2]);
      addOne(n, v, row, a[i3]);
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

  /**
   * Adds two products to each sum: more of them together, and JDK 17 does without vectors. Three
   * loops make this too large to be inlined into the loop over k, where the JIT makes slower code.
   */
  private static void addTwo(
      int n,
      float[] s,
      float[] t,
      float[] u,
      float[] v,
      float[] b0,
      float[] b1,
      float s0,
      float s1,
      float t0,
      float t1,
      float u0,
      float u1,
      float v0,
      float v1) {
    if (n < MIDDLE) {
      for (int j = 0; j < n; j++) {
        float x = b0[j];
        float y = b1[j];
        s[j] = Math.fma(s1, y, Math.fma(s0, x, s[j]));
        t[j] = Math.fma(t1, y, Math.fma(t0, x, t[j]));
        u[j] = Math.fma(u1, y, Math.fma(u0, x, u[j]));
        v[j] = Math.fma(v1, y, Math.fma(v0, x, v[j]));
      }
    } else if (n < LONG) {
      for (int j = 0; j < n; j++) {
        float x = b0[j];
        float y = b1[j];
        s[j] = Math.fma(s1, y, Math.fma(s0, x, s[j]));
        t[j] = Math.fma(t1, y, Math.fma(t0, x, t[j]));
        u[j] = Math.fma(u1, y, Math.fma(u0, x, u[j]));
        v[j] = Math.fma(v1, y, Math.fma(v0, x, v[j]));
      }
    } else {
      for (int j = 0; j < n; j++) {
        float x = b0[j];
        float y = b1[j];
        s[j] = Math.fma(s1, y, Math.fma(s0, x, s[j]));
        t[j] = Math.fma(t1, y, Math.fma(t0, x, t[j]));
        u[j] = Math.fma(u1, y, Math.fma(u0, x, u[j]));
        v[j] = Math.fma(v1, y, Math.fma(v0, x, v[j]));
      }
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
