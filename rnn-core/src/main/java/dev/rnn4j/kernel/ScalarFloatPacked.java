package dev.rnn4j.kernel;

/**
 * A matrix as one array for each row of each panel, and the product with it. Loops that count from
 * 0 through several arrays are what the JIT turns into vector instructions without help; with an
 * offset into one array it does not. A narrow matrix, for which such loops do not pay, is one
 * array.
 */
final class ScalarFloatPacked extends FloatPacked {
  /** The most columns of a panel: enough for the loops, few enough for the cache. */
  private static final int WIDTH = ScalarFloatRows.WIDTH;

  /** The columns from which loops over rows pay. */
  static final int NARROW = 16;

  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  /** What an array takes besides its elements: its header, and where it is found. */
  private static final int ROW_BYTES = 20;

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
        panels[j][i] = new float[ScalarFloatRows.length(columns(j))];
      }
    }
    narrow = new float[count == 0 ? k * n : 0];
  }

  /** Creates a holder of fewer rows in the memory of another. */
  private ScalarFloatPacked(int k, ScalarFloatPacked memory) {
    super(k, memory.n());
    width = memory.width;
    panels = memory.panels;
    narrow = memory.narrow;
  }

  private int columns(int panel) {
    return Math.min(width, n() - panel * width);
  }

  @Override
  public FloatPacked resized(int k, int n) {
    boolean fits = panels.length > 0 ? k <= panels[0].length : k * n <= narrow.length;
    return n == n() && fits ? new ScalarFloatPacked(k, this) : new ScalarFloatPacked(k, n);
  }

  @Override
  public long bytes() {
    long rows = narrow.length * (long) Float.BYTES;
    for (float[][] panel : panels) {
      rows += panel.length * (ROW_BYTES + (long) panel[0].length * Float.BYTES);
    }
    return rows;
  }

  /** Copies element (i, j) from b[bOffset + i·bRow + j·bColumn]. */
  void pack(float[] b, int bOffset, int bRow, int bColumn) {
    if (n() == 0) {
      return; // rows without elements may begin behind the array's end
    }
    for (int i = 0; i < k(); i++) {
      int from = bOffset + i * bRow;
      if (panels.length == 0) {
        ScalarFloatRows.copy(n(), b, from, bColumn, narrow, i * n());
      }
      for (int j = 0; j < panels.length; j++) {
        int start = from + j * width * bColumn;
        ScalarFloatRows.copy(columns(j), b, start, bColumn, panels[j][i], 0);
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
    for (int start = ScalarFloatGemm.lastBlock(k); start >= 0; start -= BLOCK) {
      int depth = Math.min(BLOCK, k - start);
      int from = aOffset + start * aColumn;
      boolean add = accumulate || start + depth < k;
      for (int j = 0; j < panels.length; j++) {
        float[][] rows = panels[j];
        int to = cOffset + j * width;
        ScalarFloatRows.multiply(
            m, columns(j), depth, a, from, aRow, aColumn, rows, start, c, to, cRow, add);
      }
    }
  }
}
