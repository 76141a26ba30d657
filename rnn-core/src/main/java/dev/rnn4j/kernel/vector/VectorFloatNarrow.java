package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.Pointwise;

/** Products of up to a vector of columns. */
final class VectorFloatNarrow {
  private static final int LANES = VectorFloatSpecies.SPECIES.length();

  /** The rows that are computed before they are moved to c. */
  private static final int ROWS = 64;

  /** The elements that they take, in whole vectors. */
  static final int SUMS = ROWS * LANES;

  private final VectorFloatForms forms;

  VectorFloatNarrow(VectorFloatForms forms) {
    this.forms = forms;
  }

  /**
   * c = a · b or c += a · b for n columns behind {@code skip} others, which take the first lanes: c
   * has these already. A whole vector can be read where a row of b begins.
   */
  void multiply(
      int m,
      int skip,
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
      boolean add) {
    VectorFloatForms.FloatRows rows = forms.narrow[0];
    int width = skip + n;
    if (width == LANES && !add) {
      rows.run(m, width, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow);
      return;
    }
    float[] sums = VectorFloatScratch.sums();
    for (int i = 0; i < m; i += ROWS) {
      int count = Math.min(ROWS, m - i);
      int from = aOffset + i * aRow;
      int to = cOffset + i * cRow;
      rows.run(count, width, k, a, from, aRow, aColumn, b, bOffset, bRow, sums, 0, width);
      if (skip == 0 && cRow == width) {
        moveAll(count * n, sums, c, to, add);
      } else if (n == LANES) {
        VectorFloatGemm.addRows(add(), count, n, sums, n, c, to, cRow);
      } else {
        moveRows(count, skip, n, sums, c, to, cRow, add);
      }
    }
  }

  private void moveAll(int n, float[] sums, float[] c, int cOffset, boolean add) {
    if (!add) {
      System.arraycopy(sums, 0, c, cOffset, n);
    } else if (n < LANES) {
      moveRows(1, 0, n, sums, c, cOffset, n, true);
    } else {
      add().run(n, c, cOffset, sums, 0, null, 0, c, cOffset);
    }
  }

  private FloatLoop add() {
    return forms.loops[Pointwise.ADD.ordinal()];
  }

  private static void moveRows(
      int m, int skip, int n, float[] sums, float[] c, int cOffset, int cRow, boolean add) {
    for (int i = 0; i < m; i++) {
      int from = i * (skip + n) + skip;
      int to = cOffset + i * cRow + skip;
      if (add) {
        for (int j = 0; j < n; j++) {
          c[to + j] += sums[from + j];
        }
      } else {
        System.arraycopy(sums, from, c, to, n);
      }
    }
  }
}
