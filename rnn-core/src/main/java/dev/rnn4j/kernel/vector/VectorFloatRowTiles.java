package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The tiles of 1 row by 2 to 4 vectors; {@link VectorFloatTiles} says how they are made.
 *
 * <p>Those of whole panels have a loop of their own for neighbours in a row of a and in a panel, as
 * each step of a stream has them: with distances that it knows, the JIT checks indices once instead
 * of in every trip, and the product takes little more than reading the panel. The second loop also
 * makes these methods longer than the 325 bytes up to which the JIT inlines what is hot: within its
 * callers the code is slower by a tenth to a fifth, depending on what else they call.
 */
final class VectorFloatRowTiles {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorFloatRowTiles() {}

  /** Returns the tiles, by the number of vectors. */
  static VectorFloatTile[] oneRow() {
    return new VectorFloatTile[] {
      null,
      null,
      VectorFloatRowTiles::oneBy2,
      VectorFloatRowTiles::oneBy3,
      VectorFloatRowTiles::oneBy4
    };
  }

  private static void oneBy2(
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
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      i += aColumn;
      j += bRow;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
  }

  private static void oneBy3(
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
    if (aColumn == 1 && bRow == 3 * LANES) {
      for (int p = 0; p < k; p++) {
        int row = bOffset + p * (3 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        c02 = a0.fma(b2, c02);
      }
      c00.intoArray(c, cOffset);
      c01.intoArray(c, cOffset + LANES);
      c02.intoArray(c, cOffset + 2 * LANES);
      return;
    }
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector b0 = FloatVector.fromArray(SPECIES, b, j);
      FloatVector b1 = FloatVector.fromArray(SPECIES, b, j + LANES);
      FloatVector b2 = FloatVector.fromArray(SPECIES, b, j + 2 * LANES);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c00 = a0.fma(b0, c00);
      c01 = a0.fma(b1, c01);
      c02 = a0.fma(b2, c02);
      i += aColumn;
      j += bRow;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c02.intoArray(c, cOffset + 2 * LANES);
  }

  private static void oneBy4(
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
    if (aColumn == 1 && bRow == 4 * LANES) {
      for (int p = 0; p < k; p++) {
        int row = bOffset + p * (4 * LANES);
        FloatVector b0 = FloatVector.fromArray(SPECIES, b, row);
        FloatVector b1 = FloatVector.fromArray(SPECIES, b, row + LANES);
        FloatVector b2 = FloatVector.fromArray(SPECIES, b, row + 2 * LANES);
        FloatVector b3 = FloatVector.fromArray(SPECIES, b, row + 3 * LANES);
        FloatVector a0 = FloatVector.broadcast(SPECIES, a[aOffset + p]);
        c00 = a0.fma(b0, c00);
        c01 = a0.fma(b1, c01);
        c02 = a0.fma(b2, c02);
        c03 = a0.fma(b3, c03);
      }
      c00.intoArray(c, cOffset);
      c01.intoArray(c, cOffset + LANES);
      c02.intoArray(c, cOffset + 2 * LANES);
      c03.intoArray(c, cOffset + 3 * LANES);
      return;
    }
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
      i += aColumn;
      j += bRow;
    }
    c00.intoArray(c, cOffset);
    c01.intoArray(c, cOffset + LANES);
    c02.intoArray(c, cOffset + 2 * LANES);
    c03.intoArray(c, cOffset + 3 * LANES);
  }
}
