package dev.rnn4j.kernel;

import java.util.Arrays;

/** The matrix product of {@link FloatKernels#gemm}, element by element, for any strides. */
public final class ScalarFloatGemm {
  /** The length of a chain of products, after which a new one begins. */
  public static final int BLOCK = 256;

  private ScalarFloatGemm() {}

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
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int aStart = aOffset + p * aColumn;
      int bStart = bOffset + p * bRow;
      boolean add = accumulate || p > 0;
      for (int i = 0; i < m; i++) {
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
    c[cOffset] = add ? c[cOffset] + s0 : s0;
    c[cOffset + 1] = add ? c[cOffset + 1] + s1 : s1;
    c[cOffset + 2] = add ? c[cOffset + 2] + s2 : s2;
    c[cOffset + 3] = add ? c[cOffset + 3] + s3 : s3;
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
