package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of matrix products with fewer columns than a vector has lanes: tiles of 8, 4, 2
 * or 1 rows, which read whole vectors of b, and store whole vectors, each of which the row below it
 * then covers from its own first column on. What b has in the lanes behind its columns is never
 * seen. {@link VectorFloatTiles} says how tiles are made.
 */
final class VectorFloatNarrowTiles {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;

  private VectorFloatNarrowTiles() {}

  /** See {@link VectorFloatForms.FloatRows}. The last tile overlaps the one above it. */
  static void run(
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
      int cRow) {
    int rows = m >= 8 ? 8 : m >= 4 ? 4 : m >= 2 ? 2 : 1;
    for (int start = 0; start < m; start += rows) {
      int i = Math.min(start, m - rows);
      int from = aOffset + i * aRow;
      int to = cOffset + i * cRow;
      switch (rows) {
        case 8 -> eight(k, a, from, aRow, aColumn, b, bOffset, bRow, c, to, cRow);
        case 4 -> four(k, a, from, aRow, aColumn, b, bOffset, bRow, c, to, cRow);
        case 2 -> two(k, a, from, aRow, aColumn, b, bOffset, bRow, c, to, cRow);
        default -> one(k, a, from, aColumn, b, bOffset, bRow, c, to);
      }
    }
  }

  private static void eight(
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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    FloatVector c4 = zero;
    FloatVector c5 = zero;
    FloatVector c6 = zero;
    FloatVector c7 = zero;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(row, c0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + aRow]);
      c1 = a1.fma(row, c1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2 * aRow]);
      c2 = a2.fma(row, c2);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3 * aRow]);
      c3 = a3.fma(row, c3);
      FloatVector a4 = FloatVector.broadcast(SPECIES, a[i + 4 * aRow]);
      c4 = a4.fma(row, c4);
      FloatVector a5 = FloatVector.broadcast(SPECIES, a[i + 5 * aRow]);
      c5 = a5.fma(row, c5);
      FloatVector a6 = FloatVector.broadcast(SPECIES, a[i + 6 * aRow]);
      c6 = a6.fma(row, c6);
      FloatVector a7 = FloatVector.broadcast(SPECIES, a[i + 7 * aRow]);
      c7 = a7.fma(row, c7);
      i += aColumn;
      j += bRow;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
    c2.intoArray(c, cOffset + 2 * cRow);
    c3.intoArray(c, cOffset + 3 * cRow);
    c4.intoArray(c, cOffset + 4 * cRow);
    c5.intoArray(c, cOffset + 5 * cRow);
    c6.intoArray(c, cOffset + 6 * cRow);
    c7.intoArray(c, cOffset + 7 * cRow);
  }

  private static void four(
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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    FloatVector c2 = zero;
    FloatVector c3 = zero;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(row, c0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + aRow]);
      c1 = a1.fma(row, c1);
      FloatVector a2 = FloatVector.broadcast(SPECIES, a[i + 2 * aRow]);
      c2 = a2.fma(row, c2);
      FloatVector a3 = FloatVector.broadcast(SPECIES, a[i + 3 * aRow]);
      c3 = a3.fma(row, c3);
      i += aColumn;
      j += bRow;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
    c2.intoArray(c, cOffset + 2 * cRow);
    c3.intoArray(c, cOffset + 3 * cRow);
  }

  private static void two(
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
    FloatVector c0 = zero;
    FloatVector c1 = zero;
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(row, c0);
      FloatVector a1 = FloatVector.broadcast(SPECIES, a[i + aRow]);
      c1 = a1.fma(row, c1);
      i += aColumn;
      j += bRow;
    }
    c0.intoArray(c, cOffset);
    c1.intoArray(c, cOffset + cRow);
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
      int cOffset) {
    if (k == 0) {
      return;
    }
    FloatVector c0 = FloatVector.zero(SPECIES);
    int i = aOffset;
    int j = bOffset;
    for (int p = 0; p < k; p++) {
      FloatVector row = FloatVector.fromArray(SPECIES, b, j);
      FloatVector a0 = FloatVector.broadcast(SPECIES, a[i]);
      c0 = a0.fma(row, c0);
      i += aColumn;
      j += bRow;
    }
    c0.intoArray(c, cOffset);
  }
}
