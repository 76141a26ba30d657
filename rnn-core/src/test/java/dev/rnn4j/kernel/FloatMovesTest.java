package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import java.util.Random;
import org.junit.jupiter.api.Test;

class FloatMovesTest {
  private static final float[] NINE = {0, 1, 2, 3, 4, 5, 6, 7, 8};

  private final Random random = new Random(2);

  @Test
  void copiesAScalar() {
    float[] y = new float[2];
    FloatMoves.copy(new int[0], NINE, 5, new int[0], y, 1, new int[0]);
    assertArrayEquals(new float[] {0, 5}, y);
  }

  @Test
  void transposes() {
    float[] y = new float[6];
    FloatMoves.copy(new int[] {3, 2}, NINE, 1, new int[] {1, 3}, y, 0, new int[] {2, 1});
    assertArrayEquals(new float[] {1, 4, 2, 5, 3, 6}, y);
  }

  @Test
  void aStrideOfZeroRepeats() {
    float[] y = new float[6];
    FloatMoves.copy(new int[] {2, 3}, NINE, 1, new int[] {0, 1}, y, 0, new int[] {3, 1});
    assertArrayEquals(new float[] {1, 2, 3, 1, 2, 3}, y);
  }

  @Test
  void aSizeOfZeroCopiesNothing() {
    float[] y = new float[1];
    FloatMoves.copy(new int[] {2, 0}, NINE, 1, new int[] {3, 1}, y, 0, new int[] {3, 1});
    FloatMoves.copy(new int[] {0, 2}, NINE, 1, new int[] {3, 1}, y, 0, new int[] {3, 1});
    assertEquals(0, y[0]);
  }

  @Test
  void copiesAnyRankAndStrides() {
    for (int round = 0; round < 200; round++) {
      int rank = random.nextInt(5);
      int[] sizes = new int[rank];
      int[] xStrides = new int[rank];
      int[] yStrides = new int[rank];
      int stride = 1;
      for (int d = 0; d < rank; d++) {
        sizes[d] = random.nextInt(4);
        xStrides[d] = random.nextInt(4);
        yStrides[d] = stride;
        stride *= Math.max(1, sizes[d]) + random.nextInt(2);
      }
      float[] x = FloatFixtures.normal(60, random);
      float[] y = new float[stride + 10];
      float[] expected = y.clone();
      int[] index = new int[rank];
      for (int i = 0; i < size(sizes); i++) {
        int rest = i;
        for (int d = rank - 1; d >= 0; d--) {
          index[d] = rest % sizes[d];
          rest /= sizes[d];
        }
        expected[4 + dot(index, yStrides)] = x[3 + dot(index, xStrides)];
      }
      FloatMoves.copy(sizes, x, 3, xStrides, y, 4, yStrides);
      assertArrayEquals(expected, y);
    }
  }

  private static int size(int[] sizes) {
    int size = 1;
    for (int s : sizes) {
      size *= s;
    }
    return size;
  }

  private static int dot(int[] a, int[] b) {
    int sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }

  @Test
  void gathersRows() {
    float[] y = new float[7];
    FloatMoves.gather(3, 2, NINE, 1, 4, new float[] {9, 3, 0, 3}, 1, y, 1);
    assertArrayEquals(new float[] {0, 7, 8, 1, 2, 7, 8}, y);
  }

  @Test
  void addsToRowsInOrder() {
    float[] table = {9, 1, 1, 1, 1};
    FloatMoves.scatterAdd(3, 2, NINE, 1, new float[] {1, 0, 1}, 0, 2, table, 1);
    assertArrayEquals(new float[] {9, 1 + 3, 1 + 4, 1 + 1 + 5, 1 + 2 + 6}, table);
  }

  @Test
  void nothingIsGatheredFromAnEmptyTable() {
    FloatMoves.gather(0, 2, NINE, 0, 0, new float[0], 0, new float[0], 0);
  }

  @Test
  void rowsWithoutColumnsMayLieBehindTheEnd() {
    float[] none = new float[0];
    FloatMoves.gather(1, 0, none, 5, 3, new float[] {1}, 0, none, 5);
    assertThrows(
        IndexOutOfBoundsException.class,
        () -> FloatMoves.gather(1, 0, none, 5, 3, new float[] {3}, 0, none, 5));
  }

  @Test
  void wrongIndicesAreNamed() {
    for (float wrong : new float[] {-1, 4, 0.5f, Float.NaN, Float.POSITIVE_INFINITY}) {
      float[] indices = {0, wrong};
      float[] y = new float[4];
      IndexOutOfBoundsException e =
          assertThrows(
              IndexOutOfBoundsException.class,
              () -> FloatMoves.gather(2, 2, NINE, 0, 4, indices, 0, y, 0));
      String expected = "index " + wrong + " at position 1 is not a row of a table of 4 rows; ";
      assertEquals(expected + "it must be a whole number from 0 to 3", e.getMessage());
      assertThrows(
          IndexOutOfBoundsException.class,
          () -> FloatMoves.scatterAdd(2, 2, NINE, 0, indices, 0, 4, new float[8], 0));
    }
  }
}
