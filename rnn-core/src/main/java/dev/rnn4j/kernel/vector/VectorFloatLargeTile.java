package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tile of 5 rows by 4 vectors, for computers with 32 registers: 20 sums, 4 vectors of b and one
 * number of a. It reads a panel of b a fifth less often than tiles of 4 rows do; for large panels,
 * which lie in the second cache, that is what limits. {@link VectorFloatTiles} says how tiles are
 * made.
 *
 * <p>With a sixth row C2 comes so close to the number of registers that it is a matter of luck
 * whether it keeps the sums in them: in many a run of a JVM 15 of them went through memory with
 * every trip, for good.
 */
final class VectorFloatLargeTile {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  /** The rows of the tile. */
  static final int ROWS = 5;

  /** The vectors of a row of the tile. */
  static final int VECTORS = 4;

  private VectorFloatLargeTile() {}

  /** Returns how many of m rows these tiles take, such that tiles of 4 rows leave the fewest. */
  static int rows(int m) {
    int tiles = m / ROWS;
    int leaveNone = tiles - ((tiles - m) & (VectorFloatTiles.ROWS - 1));
    return ROWS * (leaveNone < 0 ? tiles : leaveNone);
  }

  static void run(
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
    if (k == 0) {
      return;
    }
    FloatVector zero = FloatVector.zero(SPECIES);
    FloatVector c00 = zero;
    FloatVector c01 = zero;
    FloatVector c02 = zero;
    FloatVector c03 = zero;
    FloatVector c10 = zero;
    FloatVector c11 = zero;
    FloatVector c12 = zero;
    FloatVector c13 = zero;
    FloatVector c20 = zero;
    FloatVector c21 = zero;
    FloatVector c22 = zero;
    FloatVector c23 = zero;
    FloatVector c30 = zero;
    FloatVector c31 = zero;
    FloatVector c32 = zero;
    FloatVector c33 = zero;
    FloatVector c40 = zero;
    FloatVector c41 = zero;
    FloatVector c42 = zero;
    FloatVector c43 = zero;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, j + 2 * LANES);
      FloatVector b3 = FloatVector.fromArray(SPECIES, b, j + 3 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      c03 = a0.fma(b3, c03);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + aRow]);
      c10 = a1.fma(b0, c10);
      c11 = a1.fma(b1, c11);
      c12 = a1.fma(b2, c12);
      c13 = a1.fma(b3, c13);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2 * aRow]);
      c20 = a2.fma(b0, c20);
      c21 = a2.fma(b1, c21);
      c22 = a2.fma(b2, c22);
      c23 = a2.fma(b3, c23);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3 * aRow]);
      c30 = a3.fma(b0, c30);
      c31 = a3.fma(b1, c31);
      c32 = a3.fma(b2, c32);
      c33 = a3.fma(b3, c33);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4 * aRow]);
      c40 = a4.fma(b0, c40);
      c41 = a4.fma(b1, c41);
      c42 = a4.fma(b2, c42);
      c43 = a4.fma(b3, c43);
      i += aColumn;
      j += bRow;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c02.intoArray(c, cOffset + 2 * LANES);
    c03.intoArray(c, cOffset + 3 * LANES);
    c10.intoArray(c, cOffset + cRow);
    c11.intoArray(c, cOffset + cRow + LANES);
    c12.intoArray(c, cOffset + cRow + 2 * LANES);
    c13.intoArray(c, cOffset + cRow + 3 * LANES);
    c20.intoArray(c, cOffset + 2 * cRow);
    c21.intoArray(c, cOffset + 2 * cRow + LANES);
    c22.intoArray(c, cOffset + 2 * cRow + 2 * LANES);
    c23.intoArray(c, cOffset + 2 * cRow + 3 * LANES);
    c30.intoArray(c, cOffset + 3 * cRow);
    c31.intoArray(c, cOffset + 3 * cRow + LANES);
    c32.intoArray(c, cOffset + 3 * cRow + 2 * LANES);
    c33.intoArray(c, cOffset + 3 * cRow + 3 * LANES);
    c40.intoArray(c, cOffset + 4 * cRow);
    c41.intoArray(c, cOffset + 4 * cRow + LANES);
    c42.intoArray(c, cOffset + 4 * cRow + 2 * LANES);
    c43.intoArray(c, cOffset + 4 * cRow + 3 * LANES);
  }
}
