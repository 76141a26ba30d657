package dev.rnn4j.kernel;

/**
 * A matrix as one array for each row of each panel. Loops that count from 0 through several arrays
 * are what the JIT turns into vector instructions without help; with an offset into one array it
 * does not.
 */
final class ScalarFloatPacked extends FloatPacked {
  /** The columns of a panel: long enough for the loops, short enough for the cache. */
  private static final int WIDTH = 256;

  private final float[][][] panels;

  ScalarFloatPacked(int k, int n) {
    super(k, n);
    panels = new float[(n + WIDTH - 1) / WIDTH][k][];
    for (int j = 0; j < n; j += WIDTH) {
      for (int i = 0; i < k; i++) {
        panels[j / WIDTH][i] = new float[Math.min(WIDTH, n - j)];
      }
    }
  }

  /** Copies element (i, j) from b[bOffset + i·bRow + j·bColumn]. */
  void pack(float[] b, int bOffset, int bRow, int bColumn) {
    for (int j = 0; j < n(); j += WIDTH) {
      for (int i = 0; i < k(); i++) {
        copy(panels[j / WIDTH][i], b, bOffset + i * bRow + j * bColumn, bColumn);
      }
    }
  }

  private static void copy(float[] row, float[] b, int from, int bColumn) {
    if (bColumn == 1) {
      System.arraycopy(b, from, row, 0, row.length);
    } else {
      for (int j = 0; j < row.length; j++) {
        row[j] = b[from + j * bColumn];
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
    if (k() == 0 && !accumulate) {
      ScalarFloatGemm.clear(m, n(), c, cOffset, cRow);
    }
    float[] sum = new float[WIDTH];
    for (int p = 0; p < k(); p += 256) {
      int depth = Math.min(256, k() - p);
      for (int i = 0; i < m; i++)
        for (int j = 0; j < n(); j++) {
          float s = 0;
          for (int q = p; q < p + depth; q++)
            s = Math.fma(a[aOffset + i * aRow + q * aColumn], panels[j / WIDTH][q][j % WIDTH], s);
          int at = cOffset + i * cRow + j;
          c[at] = accumulate || p > 0 ? c[at] + s : s;
        }
    }
  }
}
