package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatGemm;

/** The matrix product by tiles: blocks of k, then panels of columns, then groups of rows. */
final class VectorFloatGemm {
  /** The columns of a panel. */
  static final int WIDTH = Lanes.TILE * VectorFloatSpecies.SPECIES.length();

  private static final int LANES = VectorFloatSpecies.SPECIES.length();
  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** Where a tile goes whose columns fill no vector. */
  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[VectorFloatTiles.ROWS * LANES]);

  private VectorFloatGemm() {}

  /** Returns a number of columns rounded up to whole vectors. */
  static int padded(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  static void gemm(
      int m,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      VectorFloatPacked b,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    int n = b.n();
    int k = b.k();
    if (k == 0 && !accumulate) {
      ScalarFloatGemm.clear(m, n, c, cOffset, cRow);
    }
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int aStart = aOffset + p * aColumn;
      boolean add = accumulate || p > 0;
      for (int j = 0; j < n; j += WIDTH) {
        int columns = Math.min(WIDTH, n - j);
        int width = padded(columns);
        int bStart = j * k + p * width;
        int vectors = columns / LANES;
        int cStart = cOffset + j;
        if (vectors > 0) {
          VectorFloatTiles.multiply(
              m, vectors, depth, a, aStart, aRow, aColumn, b.data, bStart, width, c, cStart, cRow,
              add);
        }
        int rest = columns - vectors * LANES;
        if (rest > 0) {
          int done = vectors * LANES;
          narrow(
              m,
              rest,
              depth,
              a,
              aStart,
              aRow,
              aColumn,
              b.data,
              bStart + done,
              width,
              c,
              cStart + done,
              cRow,
              add);
        }
      }
    }
  }

  /** The product with rows of b that are neighbours in memory, at least one vector wide. */
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
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    int whole = n - n % LANES;
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      int aStart = aOffset + p * aColumn;
      int bStart = bOffset + p * bRow;
      boolean add = accumulate || p > 0;
      for (int j = 0; j < whole; j += WIDTH) {
        int vectors = Math.min(WIDTH, whole - j) / LANES;
        VectorFloatTiles.multiply(
            m,
            vectors,
            depth,
            a,
            aStart,
            aRow,
            aColumn,
            b,
            bStart + j,
            bRow,
            c,
            cOffset + j,
            cRow,
            add);
      }
    }
    if (whole < n) {
      ScalarFloatGemm.gemm(
          m,
          n - whole,
          k,
          a,
          aOffset,
          aRow,
          aColumn,
          b,
          bOffset + whole,
          bRow,
          1,
          c,
          cOffset + whole,
          cRow,
          accumulate);
    }
  }

  private static void narrow(
      int m,
      int columns,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      float[] c,
      int cOffset,
      int cRow,
      boolean add) {
    float[] scratch = SCRATCH.get();
    for (int i = 0; i < m; i += VectorFloatTiles.ROWS) {
      int rows = Math.min(VectorFloatTiles.ROWS, m - i);
      VectorFloatTiles.multiply(
          rows,
          1,
          k,
          a,
          aOffset + i * aRow,
          aRow,
          aColumn,
          b,
          bOffset,
          bRow,
          scratch,
          0,
          LANES,
          false);
      for (int r = 0; r < rows; r++) {
        copyOut(columns, scratch, r * LANES, c, cOffset + (i + r) * cRow, add);
      }
    }
  }

  private static void copyOut(
      int columns, float[] scratch, int from, float[] c, int cOffset, boolean add) {
    for (int j = 0; j < columns; j++) {
      float sum = scratch[from + j];
      c[cOffset + j] = add ? c[cOffset + j] + sum : sum;
    }
  }
}
