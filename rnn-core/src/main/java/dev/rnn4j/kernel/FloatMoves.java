package dev.rnn4j.kernel;

/** Copies of elements from place to place. */
public final class FloatMoves {
  private FloatMoves() {}

  /**
   * Copies x to y: element (i, j, …) of an array of these sizes, from {@code xOffset +
   * i·xStrides[0] + j·xStrides[1] + …} to the place that y's strides give. Any rank, sizes of 0 and
   * strides of 0 are fine.
   */
  public static void copy(
      int[] sizes, float[] x, int xOffset, int[] xStrides, float[] y, int yOffset, int[] yStrides) {
    copy(0, sizes, x, xOffset, xStrides, y, yOffset, yStrides);
  }

  private static void copy(
      int axis,
      int[] sizes,
      float[] x,
      int xOffset,
      int[] xStrides,
      float[] y,
      int yOffset,
      int[] yStrides) {
    if (axis == sizes.length) {
      y[yOffset] = x[xOffset];
      return;
    }
    int xStride = xStrides[axis];
    int yStride = yStrides[axis];
    if (axis == sizes.length - 1) {
      copyRow(sizes[axis], x, xOffset, xStride, y, yOffset, yStride);
      return;
    }
    for (int i = 0; i < sizes[axis]; i++) {
      copy(axis + 1, sizes, x, xOffset + i * xStride, xStrides, y, yOffset + i * yStride, yStrides);
    }
  }

  private static void copyRow(
      int n, float[] x, int xOffset, int xStride, float[] y, int yOffset, int yStride) {
    if (xStride == 1 && yStride == 1 && n > 0) {
      System.arraycopy(x, xOffset, y, yOffset, n);
      return;
    }
    for (int i = 0; i < n; i++) {
      y[yOffset + i * yStride] = x[xOffset + i * xStride];
    }
  }

  /**
   * Copies rows of a table [rows, width]: row {@code indices[i]} becomes row i of y [count, width].
   *
   * @throws IndexOutOfBoundsException if an index is not a whole number from 0 to rows − 1
   */
  public static void gather(
      int count,
      int width,
      float[] table,
      int tableOffset,
      int rows,
      float[] indices,
      int indicesOffset,
      float[] y,
      int yOffset) {
    for (int i = 0; i < count; i++) {
      int row = row(indices[indicesOffset + i], i, rows);
      if (width > 0) { // nothing may lie behind the end of an array
        System.arraycopy(table, tableOffset + row * width, y, yOffset + i * width, width);
      }
    }
  }

  /**
   * Adds rows of x [count, width] to rows of a table [rows, width]: row i to row {@code
   * indices[i]}, in ascending i.
   *
   * @throws IndexOutOfBoundsException if an index is not a whole number from 0 to rows − 1
   */
  public static void scatterAdd(
      int count,
      int width,
      float[] x,
      int xOffset,
      float[] indices,
      int indicesOffset,
      int rows,
      float[] table,
      int tableOffset) {
    for (int i = 0; i < count; i++) {
      int row = row(indices[indicesOffset + i], i, rows);
      int to = tableOffset + row * width;
      ScalarFloatPointwise.add(width, table, to, x, xOffset + i * width, table, to);
    }
  }

  /** Returns whether a number is a whole one from 0 to rows − 1. */
  public static boolean isRow(float index, int rows) {
    int row = (int) index;
    return row == index && row >= 0 && row < rows;
  }

  private static int row(float index, int position, int rows) {
    if (!isRow(index, rows)) {
      throw new IndexOutOfBoundsException(
          "index "
              + index
              + " at position "
              + position
              + " is not a row of a table of "
              + rows
              + " rows; it must be a whole number from 0 to "
              + (rows - 1));
    }
    return (int) index;
  }
}
