package dev.rnn4j.kernel;

import java.util.Arrays;

/** The matrix product of {@link FloatKernels#gemm}, element by element, for any strides. */
public final class ScalarFloatGemm {
  /** The length of a chain of products, after which a new one begins. */
  public static final int BLOCK = 256;

  private ScalarFloatGemm() {}

  /**
   * Returns where the last block of k terms begins, the first that is computed: gradients go
   * through time as a loop back through it does, and can so run along with it. Negative where k is
   * 0.
   */
  public static int lastBlock(int k) {
    return (k + BLOCK - 1) / BLOCK * BLOCK - BLOCK;
  }

  /** c = a · b or c += a · b. */
  public static void gemm(
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
    if (k == 0 && !accumulate) {
      clear(m, n, c, cOffset, cRow);
    }
    for (int p = lastBlock(k); p >= 0; p -= BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int aStart = aOffset + p * aColumn;
      int bStart = bOffset + p * bRow;
      boolean add = accumulate || p + depth < k;
      int i = 0;
      for (; i + 4 <= m; i += 4) {
        fourRows(
            n,
            depth,
            a,
            aStart + i * aRow,
            aRow,
            aColumn,
            b,
            bStart,
            bRow,
            bColumn,
            c,
            cOffset + i * cRow,
            cRow,
            add);
      }
      for (; i < m; i++) {
        row(
            n,
            depth,
            a,
            aStart + i * aRow,
            aColumn,
            b,
            bStart,
            bRow,
            bColumn,
            c,
            cOffset + i * cRow,
            add);
      }
    }
  }

  /** Sets c [m, n] to 0. */
  public static void clear(int m, int n, float[] c, int cOffset, int cRow) {
    for (int i = 0; i < m; i++) {
      int start = cOffset + i * cRow;
      Arrays.fill(c, start, start + n, 0);
    }
  }

  private static void fourRows(
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
      boolean add) {
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      int from = bOffset + j * bColumn;
      int to = cOffset + j;
      fourByFour(k, a, aOffset, aRow, aColumn, b, from, bRow, bColumn, c, to, cRow, add);
    }
    for (; j < n; j++) {
      int from = bOffset + j * bColumn;
      for (int i = 0; i < 4; i++) {
        int to = cOffset + i * cRow + j;
        one(k, a, aOffset + i * aRow, aColumn, b, from, bRow, c, to, add);
      }
    }
  }

  /** Sixteen chains: enough to keep the processor busy while it waits for the ends of others. */
  private static void fourByFour(
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
      boolean add) {
    float s00 = 0;
    float s01 = 0;
    float s02 = 0;
    float s03 = 0;
    float s10 = 0;
    float s11 = 0;
    float s12 = 0;
    float s13 = 0;
    float s20 = 0;
    float s21 = 0;
    float s22 = 0;
    float s23 = 0;
    float s30 = 0;
    float s31 = 0;
    float s32 = 0;
    float s33 = 0;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      float b0 = b[j];
      float b1 = b[j + bColumn];
      float b2 = b[j + 2 * bColumn];
      float b3 = b[j + 3 * bColumn];
      float a0 = a[i];
      s00 = Math.fma(a0, b0, s00);
      s01 = Math.fma(a0, b1, s01);
      s02 = Math.fma(a0, b2, s02);
      s03 = Math.fma(a0, b3, s03);
      float a1 = a[i + aRow];
      s10 = Math.fma(a1, b0, s10);
      s11 = Math.fma(a1, b1, s11);
      s12 = Math.fma(a1, b2, s12);
      s13 = Math.fma(a1, b3, s13);
      float a2 = a[i + 2 * aRow];
      s20 = Math.fma(a2, b0, s20);
      s21 = Math.fma(a2, b1, s21);
      s22 = Math.fma(a2, b2, s22);
      s23 = Math.fma(a2, b3, s23);
      float a3 = a[i + 3 * aRow];
      s30 = Math.fma(a3, b0, s30);
      s31 = Math.fma(a3, b1, s31);
      s32 = Math.fma(a3, b2, s32);
      s33 = Math.fma(a3, b3, s33);
      i += aColumn;
      j += bRow;
    }
    finish(c, cOffset, s00, s01, s02, s03, add);
    finish(c, cOffset + cRow, s10, s11, s12, s13, add);
    finish(c, cOffset + 2 * cRow, s20, s21, s22, s23, add);
    finish(c, cOffset + 3 * cRow, s30, s31, s32, s33, add);
  }

  private static void finish(
      float[] c, int at, float s0, float s1, float s2, float s3, boolean add) {
    c[at] = add ? c[at] + s0 : s0;
    c[at + 1] = add ? c[at + 1] + s1 : s1;
    c[at + 2] = add ? c[at + 2] + s2 : s2;
    c[at + 3] = add ? c[at + 3] + s3 : s3;
  }

  private static void row(
      int n,
      int k,
      float[] a,
      int aOffset,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      boolean add) {
    int j = 0;
    for (; j + 4 <= n; j += 4) {
      four(k, a, aOffset, aColumn, b, bOffset + j * bColumn, bRow, bColumn, c, cOffset + j, add);
    }
    for (; j < n; j++) {
      one(k, a, aOffset, aColumn, b, bOffset + j * bColumn, bRow, c, cOffset + j, add);
    }
  }

  private static void four(
      int k,
      float[] a,
      int aOffset,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      boolean add) {
    float s0 = 0;
    float s1 = 0;
    float s2 = 0;
    float s3 = 0;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      float x = a[i];
      s0 = Math.fma(x, b[j], s0);
      s1 = Math.fma(x, b[j + bColumn], s1);
      s2 = Math.fma(x, b[j + 2 * bColumn], s2);
      s3 = Math.fma(x, b[j + 3 * bColumn], s3);
      i += aColumn;
      j += bRow;
    }
    finish(c, cOffset, s0, s1, s2, s3, add);
  }

  private static void one(
      int k,
      float[] a,
      int aOffset,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      boolean add) {
    float s = 0;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      s = Math.fma(a[i], b[j], s);
      i += aColumn;
      j += bRow;
    }
    c[cOffset] = add ? c[cOffset] + s : s;
  }
}
