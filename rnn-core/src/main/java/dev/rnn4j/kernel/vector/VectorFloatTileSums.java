package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Adds a tile of sums, as wide as a panel, to its place in a product: row by row without a loop
 * over columns, which would take longer to begin and to end than its few vectors take.
 */
final class VectorFloatTileSums {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorFloatTileSums() {}

  /** Returns the loop for tiles of whole panels. */
  static TileSum ofPanel() {
    return Lanes.TILE == 4 ? VectorFloatTileSums::of4 : VectorFloatTileSums::of3;
  }

  /** c += x for so many rows of a tile x. */
  interface TileSum {
    void run(int rows, float[] x, float[] c, int cOffset, int cRow);
  }

  private static void of3(int rows, float[] x, float[] c, int cOffset, int cRow) {
    int j = cOffset;
    for (int i = 0; i < rows; i++) {
      int at = i * (3 * LANES);
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
      FloatVector.fromArray(SPECIES, c, j).add(x0).intoArray(c, j);
      FloatVector.fromArray(SPECIES, c, j + LANES).add(x1).intoArray(c, j + LANES);
      FloatVector.fromArray(SPECIES, c, j + 2 * LANES).add(x2).intoArray(c, j + 2 * LANES);
      j += cRow;
    }
  }

  private static void of4(int rows, float[] x, float[] c, int cOffset, int cRow) {
    int j = cOffset;
    for (int i = 0; i < rows; i++) {
      int at = i * (4 * LANES);
      FloatVector x0 = FloatVector.fromArray(SPECIES, x, at);
      FloatVector x1 = FloatVector.fromArray(SPECIES, x, at + LANES);
      FloatVector x2 = FloatVector.fromArray(SPECIES, x, at + 2 * LANES);
      FloatVector x3 = FloatVector.fromArray(SPECIES, x, at + 3 * LANES);
      FloatVector.fromArray(SPECIES, c, j).add(x0).intoArray(c, j);
      FloatVector.fromArray(SPECIES, c, j + LANES).add(x1).intoArray(c, j + LANES);
      FloatVector.fromArray(SPECIES, c, j + 2 * LANES).add(x2).intoArray(c, j + 2 * LANES);
      FloatVector.fromArray(SPECIES, c, j + 3 * LANES).add(x3).intoArray(c, j + 3 * LANES);
      j += cRow;
    }
  }
}
