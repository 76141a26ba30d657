package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.ScalarFloatGemm;

/** The matrix product by tiles: blocks of k, then panels of columns, then groups of rows. */
final class VectorFloatGemm {
  /** The columns of a panel. */
  static final int WIDTH = Lanes.TILE * VectorFloatSpecies.SPECIES.length();

  private static final int LANES = VectorFloatSpecies.SPECIES.length();
  private static final int ROWS = VectorFloatTiles.ROWS;
  static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** The products up to which a narrow b is multiplied element by element. */
  private static final int SMALL = 128;

  /** The elements of the largest tile. */
  static final int TILE = VectorFloatLargeTile.ROWS * WIDTH;

  /** The rows of a transposed a that are copied, and go through all panels, together. */
  static final int CHUNK = 128;

  /** The rows from which copies of a transposed a pay: elements far apart miss the cache. */
  private static final int TALL = 64;

  /** The rows from which a copy of a panel of b pays, where its rows are this far apart. */
  private static final int REUSE = 96;

  private static final int FAR = 6 * WIDTH;

  private final VectorFloatForms forms;
  private final VectorFloatNarrow narrow;

  VectorFloatGemm(VectorFloatForms forms) {
    this.forms = forms;
    this.narrow = new VectorFloatNarrow(forms);
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
    if (n < LANES && isSmall(m, n, k)) {
      ScalarFloatGemm.gemm(
          m, n, k, a, aOffset, aRow, aColumn, b.data, 0, LANES, 1, c, cOffset, cRow, accumulate);
      return;
    }
    blocks(m, n, k, a, aOffset, aRow, aColumn, true, b.data, 0, 0, 1, c, cOffset, cRow, accumulate);
  }

  /** Returns whether the product has too little to do for vectors, where they are not full. */
  static boolean isSmall(int m, int n, int k) {
    return (long) m * n * k <= SMALL;
  }

  /** The product with a b as it lies. */
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
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    blocks(
        m,
        n,
        k,
        a,
        aOffset,
        aRow,
        aColumn,
        false,
        b,
        bOffset,
        bRow,
        bColumn,
        c,
        cOffset,
        cRow,
        accumulate);
  }

  /** The product by blocks of k and chunks of a. */
  private void blocks(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      boolean packed,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    boolean copy = aRow == 1 && n > WIDTH && m > TALL;
    float[] scratch = copy ? VectorFloatScratch.ofA() : null;
    int chunk = copy ? CHUNK : m;
    for (int p = ScalarFloatGemm.lastBlock(k); p >= 0; p -= BLOCK) {
      int depth = Math.min(BLOCK, k - p);
      boolean add = accumulate || p + depth < k;
      for (int i = 0; i < m; i += chunk) {
        int rows = Math.min(chunk, m - i);
        int from = aOffset + i * aRow + p * aColumn;
        int to = cOffset + i * cRow;
        if (copy) {
          copyColumns(rows, depth, a, from, aColumn, scratch);
        }
        float[] x = copy ? scratch : a;
        int xOffset = copy ? 0 : from;
        int xColumn = copy ? CHUNK : aColumn;
        if (packed) {
          packedPanels(rows, n, p, depth, x, xOffset, aRow, xColumn, b, k, c, to, cRow, add);
        } else {
          int at = bOffset + p * bRow;
          panels(rows, n, depth, x, xOffset, aRow, xColumn, b, at, bRow, bColumn, c, to, cRow, add);
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

  /** The product with rows p to p + depth of all panels of a packed b. */
  private void packedPanels(
      int m,
      int n,
      int p,
      int depth,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int k,
      float[] c,
      int cOffset,
      int cRow,
      boolean add) {
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      int width = padded(columns);
      int at = j * k + p * width;
      panel(m, columns, depth, a, aOffset, aRow, aColumn, b, at, width, c, cOffset + j, cRow, add);
    }
  }

  /** The product with an unpacked b of at most a block of rows, which is packed where that pays. */
  private void panels(
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
      boolean add) {
    boolean pack = bColumn != 1 || m >= REUSE && (bRow > FAR || n % LANES > 0);
    for (int j = 0; j < n; j += WIDTH) {
      int columns = Math.min(WIDTH, n - j);
      int from = bOffset + j * bColumn;
      int to = cOffset + j;
      boolean overruns = columns < LANES && from + (k - 1) * bRow > b.length - LANES;
      if (pack || overruns) {
        float[] scratch = VectorFloatScratch.ofB();
        int width = padded(columns);
        VectorFloatPacked.packPanel(k, columns, b, from, bRow, bColumn, scratch, 0, width);
        panel(m, columns, k, a, aOffset, aRow, aColumn, scratch, 0, width, c, to, cRow, add);
      } else {
        panel(m, columns, k, a, aOffset, aRow, aColumn, b, from, bRow, c, to, cRow, add);
      }
    }
  }

  private void panel(
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
    int vectors = columns / LANES;
    int rest = columns % LANES;
    if (vectors > 1) {
      tiles(m, vectors, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow, add);
    } else if (vectors == 1) {
      narrow.multiply(
          m, 0, LANES, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow, add);
    }
    if (rest > 0) {
      int skip = vectors > 0 ? LANES - rest : 0; // of columns that are there already
      int at = vectors * LANES - skip;
      narrow.multiply(
          m,
          skip,
          rest,
          k,
          a,
          aOffset,
          aRow,
          aColumn,
          b,
          bOffset + at,
          bRow,
          c,
          cOffset + at,
          cRow,
          add);
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
    if (add) {
      addTiles(m, vectors, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow);
      return;
    }
    int i = 0;
    VectorFloatTile large = forms.large(vectors);
    int end = large == null ? 0 : VectorFloatLargeTile.rows(m);
    for (; i < end; i += VectorFloatLargeTile.ROWS) {
      int at = aOffset + i * aRow;
      large.run(k, a, at, aRow, aColumn, b, bOffset, bRow, c, cOffset + i * cRow, cRow);
    }
    VectorFloatTile four = forms.fourRows[vectors];
    for (; i + ROWS <= m; i += ROWS) {
      int at = aOffset + i * aRow;
      four.run(k, a, at, aRow, aColumn, b, bOffset, bRow, c, cOffset + i * cRow, cRow);
    }
    VectorFloatTile one = forms.oneRow[vectors];
    for (; i < m; i++) {
      int at = aOffset + i * aRow;
      one.run(k, a, at, aRow, aColumn, b, bOffset, bRow, c, cOffset + i * cRow, cRow);
    }
  }

  /** The same, added to c tile by tile. */
  private void addTiles(
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
      int cRow) {
    float[] tile = VectorFloatScratch.sums();
    int i = 0;
    VectorFloatTile large = forms.large(vectors);
    int end = large == null ? 0 : VectorFloatLargeTile.rows(m);
    for (; i < end; i += VectorFloatLargeTile.ROWS) {
      large.run(k, a, aOffset + i * aRow, aRow, aColumn, b, bOffset, bRow, tile, 0, WIDTH);
      addTile(VectorFloatLargeTile.ROWS, vectors, tile, c, cOffset + i * cRow, cRow);
    }
    VectorFloatTile four = forms.fourRows[vectors];
    for (; i + ROWS <= m; i += ROWS) {
      four.run(k, a, aOffset + i * aRow, aRow, aColumn, b, bOffset, bRow, tile, 0, WIDTH);
      addTile(ROWS, vectors, tile, c, cOffset + i * cRow, cRow);
    }
    VectorFloatTile one = forms.oneRow[vectors];
    for (; i < m; i++) {
      one.run(k, a, aOffset + i * aRow, aRow, aColumn, b, bOffset, bRow, tile, 0, WIDTH);
      addTile(1, vectors, tile, c, cOffset + i * cRow, cRow);
    }
  }

  /** c += a tile, row by row where it is not as wide as a panel. */
  private void addTile(int rows, int vectors, float[] tile, float[] c, int cOffset, int cRow) {
    if (vectors == Lanes.TILE) {
      forms.tileSum[0].run(rows, tile, c, cOffset, cRow);
    } else {
      FloatLoop add = forms.loops[Pointwise.ADD.ordinal()];
      addRows(add, rows, vectors * LANES, tile, WIDTH, c, cOffset, cRow);
    }
  }

  /** c += x for n columns. */
  static void addRows(
      FloatLoop add, int m, int n, float[] x, int xRow, float[] c, int cOffset, int cRow) {
    for (int i = 0; i < m; i++) {
      int to = cOffset + i * cRow;
      add.run(n, c, to, x, i * xRow, null, 0, c, to);
    }
  }
}
