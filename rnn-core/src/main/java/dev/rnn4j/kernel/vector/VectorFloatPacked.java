package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatPacked;

/**
 * A matrix in panels of {@link VectorFloatGemm#WIDTH} columns, one behind the other. The rows of a
 * panel are neighbours; those of the last one are as wide as its columns need, in whole vectors.
 */
final class VectorFloatPacked extends FloatPacked {
  final float[] data;

  VectorFloatPacked(int k, int n) {
    this(k, n, new float[size(k, n)]);
  }

  private VectorFloatPacked(int k, int n, float[] data) {
    super(k, n);
    this.data = data;
  }

  private static int size(int k, int n) {
    return Math.multiplyExact(k, VectorFloatGemm.padded(n));
  }

  @Override
  public FloatPacked resized(int k, int n) {
    int size = size(k, n);
    return new VectorFloatPacked(k, n, size <= data.length ? data : new float[size]);
  }

  @Override
  public long bytes() {
    return (long) data.length * Float.BYTES;
  }

  /** Copies element (i, j) from b[bOffset + i·bRow + j·bColumn]; the padding may be anything. */
  void pack(float[] b, int bOffset, int bRow, int bColumn) {
    for (int j = 0; j < n(); j += VectorFloatGemm.WIDTH) {
      int columns = Math.min(VectorFloatGemm.WIDTH, n() - j);
      int width = VectorFloatGemm.padded(columns);
      packPanel(k(), columns, b, bOffset + j * bColumn, bRow, bColumn, data, j * k(), width);
    }
  }

  /** Copies k rows of a panel to a place where they are {@code width} apart. */
  static void packPanel(
      int k,
      int columns,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] panel,
      int start,
      int width) {
    for (int i = 0; i < k; i++) {
      int from = bOffset + i * bRow;
      int to = start + i * width;
      if (bColumn == 1) {
        System.arraycopy(b, from, panel, to, columns);
      } else {
        for (int j = 0; j < columns; j++) {
          panel[to + j] = b[from + j * bColumn];
        }
      }
    }
  }
}
