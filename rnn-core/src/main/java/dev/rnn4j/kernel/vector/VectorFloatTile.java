package dev.rnn4j.kernel.vector;

/**
 * The inner loop of the matrix product for a fixed number of rows and columns of c, held in
 * registers while k products are added to each element.
 */
@FunctionalInterface
interface VectorFloatTile {
  /**
   * c = a · b. a, b and c are given by the place of the tile's first row or column in them;
   * neighbours in a row of b are neighbours in memory.
   */
  void run(
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
      int cRow);
}
