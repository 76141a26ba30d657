package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatGemmTest {
  private static final int[] SIZES = {
    0, 1, 2, 3, 4, 5, 7, 8, 13, 16, 17, 31, 33, 48, 56, 64, 65, 100, 151, 257, 512, 513, 600
  };
  private static final int LARGEST = 3_000_000;

  /** More than the lanes of any vector. */
  private static final int LONGER = 20;

  private final Random random = new Random(11);

  @Test
  void randomShapesHaveTheSpecifiedBits() {
    for (int i = 0; i < 400; i++) {
      int m = SIZES[random.nextInt(SIZES.length)];
      int n = SIZES[random.nextInt(SIZES.length)];
      int k = SIZES[random.nextInt(SIZES.length)];
      if ((long) m * n * k <= LARGEST) {
        check(m, n, k);
      }
    }
  }

  @Test
  void smallShapesHaveTheSpecifiedBits() {
    for (int m = 0; m <= 5; m++) {
      for (int n = 0; n <= 5; n++) {
        for (int k = 0; k <= 5; k++) {
          check(m, n, k);
        }
      }
    }
  }

  @Test
  void everyWidthOfAPanelHasTheSpecifiedBits() {
    for (int n = 1; n <= 140; n++) {
      check(5, n, 9);
    }
  }

  @Test
  void everyNumberOfRowsHasTheSpecifiedBits() {
    for (int m = 1; m <= 40; m++) {
      check(m, 140, 11);
      check(m, 64, 261);
    }
  }

  @Test
  void fewColumnsHaveTheSpecifiedBits() {
    for (int n = 1; n <= 17; n++) {
      for (int m : new int[] {1, 2, 3, 4, 6, 8, 9, 15, 63, 64, 67, 130}) {
        check(m, n, 1 + random.nextInt(20));
      }
      check(2 + random.nextInt(8), n, 256 + random.nextInt(300));
    }
  }

  /** Where there is one row, the distance to the next means nothing. */
  @Test
  void oneRowHasTheSpecifiedBitsWhateverItsStride() {
    for (int n : new int[] {3, 8, 16, 17, 20, 35}) {
      for (int cRow : new int[] {0, 1, 2, 4, 8, 16, n}) {
        for (int k : new int[] {2, 300}) {
          float[] a = FloatFixtures.normal(k, random);
          float[] b = FloatFixtures.normal(k * n, random);
          float[] expected = FloatFixtures.normal(n, random);
          float[] actual = expected.clone();
          for (boolean accumulate : new boolean[] {false, true}) {
            Kernels.scalarFloat().gemm(1, n, k, a, 0, k, 1, b, 0, n, 1, expected, 0, n, accumulate);
            Kernels.vectorFloat()
                .gemm(1, n, k, a, 0, k, 1, b, 0, n, 1, actual, 0, cRow, accumulate);
            FloatFixtures.assertSameBits(expected, actual, "n = " + n + ", a stride of " + cRow);
          }
        }
      }
    }
  }

  @Test
  void longChainsHaveTheSpecifiedBits() {
    for (int k : new int[] {255, 256, 257, 511, 512, 513, 769}) {
      check(6, 35, k);
    }
  }

  @Test
  void manyRowsAndPanelsHaveTheSpecifiedBits() {
    for (int i = 0; i < 4; i++) {
      check(131, 530, 17);
      check(70, 90, 300);
    }
  }

  @Test
  void aPackedMatrixCanBeFilledAgain() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      FloatPacked packed = kernels.packed(3, 70);
      Matrix a = new Matrix(2, 3, false);
      float[] c = new float[140];
      for (int round = 0; round < 2; round++) {
        Matrix b = new Matrix(3, 70, round == 1);
        kernels.pack(b.data, b.offset, b.row, b.column, packed);
        kernels.gemm(2, a.data, a.offset, a.row, a.column, packed, c, 0, 70, false);
        float[] expected = new float[140];
        reference(2, 70, 3, a, b, expected, 0, 70, false);
        FloatFixtures.assertSameBits(expected, c, kernels.description());
      }
    }
  }

  @Test
  void matricesOfSeveralSizesArePackedInOneMemory() {
    int[][] sizes = {{300, 70}, {40, 70}, {300, 70}, {7, 13}, {5, 13}, {600, 70}, {4, 100}, {0, 3}};
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      FloatPacked packed = kernels.packed(1, 1);
      for (int[] size : sizes) {
        int k = size[0];
        int n = size[1];
        packed = packed.resized(k, n);
        assertEquals(k, packed.k());
        assertEquals(n, packed.n());
        Matrix a = new Matrix(5, k, false);
        Matrix b = new Matrix(k, n, random.nextBoolean());
        kernels.pack(b.data, b.offset, b.row, b.column, packed);
        float[] c = new float[5 * n];
        kernels.gemm(5, a.data, a.offset, a.row, a.column, packed, c, 0, n, false);
        float[] expected = new float[5 * n];
        reference(5, n, k, a, b, expected, 0, n, false);
        FloatFixtures.assertSameBits(expected, c, kernels.description() + ", " + k + " x " + n);
      }
    }
  }

  @Test
  void aMatrixWithoutColumnsMayBeginAtTheEndOfItsArray() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      FloatPacked packed = kernels.packed(3, 0);
      kernels.pack(new float[2], 2, 5, 1, packed);
      kernels.gemm(1, new float[3], 0, 3, 1, packed, new float[0], 0, 0, false);
    }
  }

  @Test
  void packedKnowsItsSize() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      assertEquals(3, kernels.packed(3, 70).k());
      assertEquals(70, kernels.packed(3, 70).n());
    }
  }

  private void check(int m, int n, int k) {
    boolean accumulate = random.nextBoolean();
    Matrix a = new Matrix(m, k, random.nextBoolean());
    Matrix b = new Matrix(k, n, random.nextBoolean());
    int cRow = n + random.nextInt(4);
    int cOffset = random.nextInt(9);
    int behind = random.nextInt(3) * LONGER;
    float[] before = FloatFixtures.normal(cOffset + Math.max(0, m - 1) * cRow + n + behind, random);
    float[] expected = before.clone();
    reference(m, n, k, a, b, expected, cOffset, cRow, accumulate);
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      String what =
          kernels.description()
              + String.format(", %d x %d x %d, accumulate %b, ", m, n, k, accumulate);
      float[] c = before.clone();
      kernels.gemm(
          m,
          n,
          k,
          a.data,
          a.offset,
          a.row,
          a.column,
          b.data,
          b.offset,
          b.row,
          b.column,
          c,
          cOffset,
          cRow,
          accumulate);
      FloatFixtures.assertSameBits(expected, c, what + "unpacked");
      c = before.clone();
      FloatPacked packed = kernels.packed(k, n);
      kernels.pack(b.data, b.offset, b.row, b.column, packed);
      kernels.gemm(m, a.data, a.offset, a.row, a.column, packed, c, cOffset, cRow, accumulate);
      FloatFixtures.assertSameBits(expected, c, what + "packed");
    }
  }

  /** The specification of the bits, element by element. */
  private static void reference(
      int m,
      int n,
      int k,
      Matrix a,
      Matrix b,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    for (int i = 0; i < m; i++) {
      for (int j = 0; j < n; j++) {
        int at = cOffset + i * cRow + j;
        if (!accumulate) {
          c[at] = 0;
        }
        for (int start = (k - 1) / 256 * 256; start >= 0 && k > 0; start -= 256) {
          float sum = 0;
          for (int p = start; p < Math.min(k, start + 256); p++) {
            sum = Math.fma(a.at(i, p), b.at(p, j), sum);
          }
          c[at] = accumulate || start + 256 < k ? c[at] + sum : sum;
        }
      }
    }
  }

  /**
   * A random matrix somewhere in an array, row by row or column by column, with NaN around it and
   * in gaps: nothing else is part of a product. Some end where the array does.
   */
  private final class Matrix {
    final float[] data;
    final int offset = random.nextInt(7);
    final int row;
    final int column;

    Matrix(int rows, int columns, boolean transposed) {
      int gap = random.nextInt(3);
      row = transposed ? 1 : columns + gap;
      column = transposed ? rows + gap : 1;
      int size = Math.max(0, (rows - 1) * row) + Math.max(0, (columns - 1) * column) + 1;
      data = new float[offset + size + random.nextInt(3) * LONGER];
      Arrays.fill(data, Float.NaN);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < columns; j++) {
          data[offset + i * row + j * column] = FloatBits.round(random.nextGaussian());
        }
      }
    }

    float at(int i, int j) {
      return data[offset + i * row + j * column];
    }
  }
}
