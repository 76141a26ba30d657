package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatGemm;

/** The matrix product by tiles: blocks of k, then panels of columns, then groups of rows. */
final class VectorFloatGemm {
  /** The columns of a panel. */
  static final int WIDTH = Lanes.TILE * VectorFloatSpecies.SPECIES.length();

  private static final int LANES = VectorFloatSpecies.SPECIES.length();
  private static final int ROWS = VectorFloatTiles.ROWS;
  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** The products up to which a narrow b is multiplied element by element. */
  private static final int SMALL = 128;

  /** Where a tile goes whose columns fill no vector. */
  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[ROWS * LANES]);

  /** The rows of a transposed a that are copied, and go through all panels, together. */
  private static final int CHUNK = 64;

  /** Where they go: elements of a row that are far apart would miss the cache for every panel. */
  private static final ThreadLocal<float[]> SCRATCH_OF_A =
      ThreadLocal.withInitial(() -> new float[BLOCK * CHUNK]);

  private final VectorFloatForms forms;

  VectorFloatGemm(VectorFloatForms forms) {
    this.forms = forms;
  }

  /** Returns a number of columns rounded up to whole vectors. */
  static int padded(int columns) {
    return (columns + LANES - 1) / LANES * LANES;
  }

  void gemm(
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
    if (n < LANES && m * n * k <= SMALL) {
      ScalarFloatGemm.gemm(
          m, n, k, a, aOffset, aRow, aColumn, b.data, 0, LANES, 1, c, cOffset, cRow, accumulate);
      return;
    }
    boolean copy = aRow == 1 && n > WIDTH && m > CHUNK;
    float[] scratch = copy ? SCRATCH_OF_A.get() : null;
    int chunk = copy ? CHUNK : m;
    for (int p = 0; p < k; p += BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      boolean add = accumulate || p > 0;
      for (int i = 0; i < m; i += chunk) {
        int rows = Math.min(chunk, m - i);
        int from = aOffset + i * aRow + p * aColumn;
        int to = cOffset + i * cRow;
        if (copy) {
          copyColumns(rows, depth, a, from, aColumn, scratch);
          panels(rows, p, depth, scratch, 0, 1, CHUNK, b, c, to, cRow, add);
        } else {
          panels(rows, p, depth, a, from, aRow, aColumn, b, c, to, cRow, add);
        }
      }
    }
  }

  private static void copyColumns(
      int rows, int k, float[] a, int aOffset, int aColumn, float[] scratch) {
    for (int p = 0; p < k; p++) {
      System.arraycopy(a, aOffset + p * aColumn, scratch, p * CHUNK, rows);
    }
  }

  /** The product with rows p to p + depth of all panels. */
  private void panels(
      int m,
      int p,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      VectorFloatPacked b,
      float[] c,
      int cOffset,
      int cRow,
      boolean add) {
    for (int j = 0; j < b.n(); j += WIDTH) {
      int columns = Math.min(WIDTH, b.n() - j);
      int width = padded(columns);
      int bStart = j * b.k() + p * width;
      int vectors = columns / LANES;
      int rest = columns % LANES;
      int to = cOffset + j;
      tiles(m, vectors, depth, a, aOffset, aRow, aColumn, b.data, bStart, width, c, to, cRow, add);
      if (rest > 0) {
        int done = vectors * LANES;
        narrow(
            m,
            rest,
            depth,
            a,
            aOffset,
            aRow,
            aColumn,
            b.data,
            bStart + done,
            width,
            c,
            to + done,
            cRow,
            add);
      }
    }
  }

  /** The product with rows of b that are neighbours in memory, at least one vector wide. */
  void gemm(
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
        tiles(
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

  /** Multiplies m rows by {@code vectors} vectors of columns. */
  private void tiles(
      int m,
      int vectors,
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
    if (vectors == 0) {
      return;
    }
    int i = 0;
    VectorFloatTile four = forms.fourRows[vectors];
    for (; i + ROWS <= m; i += ROWS) {
      int at = aOffset + i * aRow;
      four.run(k, a, at, aRow, aColumn, b, bOffset, bRow, c, cOffset + i * cRow, cRow, add);
    }
    VectorFloatTile one = forms.oneRow[vectors];
    for (; i < m; i++) {
      int at = aOffset + i * aRow;
      one.run(k, a, at, aRow, aColumn, b, bOffset, bRow, c, cOffset + i * cRow, cRow, add);
    }
  }

  private void narrow(
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
    for (int i = 0; i < m; i += ROWS) {
      int rows = Math.min(ROWS, m - i);
      tiles(
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
