package dev.rnn4j.tensor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.function.Executable;

class TensorTest {
  private static final Tensor MATRIX = Tensor.of(new double[][] {{1, 2, 3}, {4, 5, 6}});

  private static void assertRefused(String message, Executable call) {
    assertEquals(message, assertThrows(ShapeException.class, call).getMessage());
  }

  private static void assertNamed(String message, Executable call) {
    assertEquals(message, assertThrows(NullPointerException.class, call).getMessage());
  }

  @Test
  void whatIsNullIsNamed() {
    assertNamed(
        "a tensor was given null as its row 1", () -> Tensor.of(new double[][] {{1}, null}));
    assertNamed("a tensor was given null as its row 0", () -> Tensor.of(new double[1][]));
    assertNamed(
        "a tensor was given null as its part 1", () -> Tensor.of(new double[][][] {{}, null}));
    assertNamed("a tensor was given null as its row 0", () -> Tensor.of(new double[1][1][]));
    assertNamed("a tensor was given null as its rows", () -> Tensor.of((double[][]) null));
    assertNamed("a tensor was given null as its parts", () -> Tensor.of((double[][][]) null));
    String values = "a tensor was given null as its values";
    assertNamed(values, () -> Tensor.of((double[]) null));
    assertNamed(values, () -> Tensor.of(Shape.of(1), (double[]) null));
    assertNamed(values, () -> Tensor.of(Shape.of(1), (float[]) null));
    String shape = "a tensor was given null as its shape";
    assertNamed(shape, () -> Tensor.of((Shape) null, 1.0));
    assertNamed(shape, () -> Tensor.zeros(null));
    assertNamed(shape, () -> Tensor.full(null, 1));
    assertNamed("a tensor was given null as its precision", () -> MATRIX.to(null));
    assertNamed("a tensor was asked for the value at null: give an index", () -> MATRIX.get(null));
    assertNamed("a shape was given null as its sizes", () -> MATRIX.reshape((int[]) null));
  }

  @Test
  void takesNestedArrays() {
    assertEquals(Shape.of(2, 3), MATRIX.shape());
    assertEquals(6, MATRIX.get(1, 2));
    assertArrayEquals(new double[][] {{1, 2, 3}, {4, 5, 6}}, MATRIX.toMatrix());
    Tensor cube = Tensor.of(new double[][][] {{{1}, {2}}, {{3}, {4}}, {{5}, {6}}});
    assertEquals(Shape.of(3, 2, 1), cube.shape());
    assertEquals(4, cube.get(1, 1, 0));
    assertEquals(Shape.of(0, 0), Tensor.of(new double[0][]).shape());
    assertEquals(Shape.of(0, 0, 0), Tensor.of(new double[0][][]).shape());
    assertEquals(Shape.of(2, 0), Tensor.of(new double[2][0]).shape());
    assertRefused(
        "row 1 has 1 values, the rows before it 2", () -> Tensor.of(new double[][] {{1, 2}, {3}}));
    assertRefused(
        "part 1 has the shape [1, 1], the parts before it [1, 2]",
        () -> Tensor.of(new double[][][] {{{1, 2}}, {{3}}}));
  }

  @Test
  void makesTheUsualOnes() {
    assertEquals(Shape.of(3), Tensor.of(1, 2, 3).shape());
    assertEquals(2.5, Tensor.scalar(2.5).item());
    assertArrayEquals(new double[4], Tensor.zeros(Shape.of(2, 2)).toDoubles());
    assertArrayEquals(new double[] {7, 7}, Tensor.full(Shape.of(2), 7).toDoubles());
    assertRefused(
        "the shape [2, 2] takes 4 values, not 3", () -> Tensor.of(Shape.of(2, 2), 1.0, 2.0, 3.0));
  }

  @Test
  void nothingReachesInside() {
    double[] values = {1, 2};
    Tensor tensor = Tensor.of(Shape.of(2), values);
    values[0] = 9;
    tensor.toDoubles()[1] = 9;
    assertArrayEquals(new double[] {1, 2}, tensor.toDoubles());
    float[] floats = {1, 2};
    Tensor single = Tensor.of(Shape.of(2), floats);
    floats[0] = 9;
    single.toFloats()[1] = 9;
    assertArrayEquals(new float[] {1, 2}, single.toFloats());
  }

  @Test
  void changesPrecision() {
    Tensor wide = Tensor.of(0.1, 1e300);
    Tensor single = wide.to(Precision.FLOAT32);
    assertEquals(Precision.FLOAT32, single.precision());
    assertArrayEquals(new float[] {0.1f, Float.POSITIVE_INFINITY}, single.toFloats());
    assertArrayEquals(new float[] {0.1f, Float.POSITIVE_INFINITY}, wide.toFloats());
    assertEquals(0.1f, single.to(Precision.FLOAT64).at(0));
    assertEquals(0.1f, single.at(0));
    assertSame(wide, wide.to(Precision.FLOAT64));
  }

  @Test
  void findsItsValues() {
    assertEquals(4, MATRIX.at(3));
    assertRefused(
        "there is no position 6 among the elements of the shape [2, 3]", () -> MATRIX.at(6));
    assertRefused(
        "there is no position -1 among the elements of the shape [2, 3]", () -> MATRIX.at(-1));
    assertRefused("the index [1] does not fit the shape [2, 3]", () -> MATRIX.get(1));
    assertRefused("the index [1, 3] is outside the shape [2, 3]", () -> MATRIX.get(1, 3));
    assertRefused("the index [-1, 0] is outside the shape [2, 3]", () -> MATRIX.get(-1, 0));
    assertRefused("item() needs one element, and the shape is [2, 3]", MATRIX::item);
    assertRefused(
        "toMatrix() needs two axes, and the shape is [1]", () -> Tensor.of(1.0).toMatrix());
  }

  @Test
  void copiesToLargerArrays() {
    double[] doubles = {9, 9, 9};
    Tensor.of(1, 2).copyTo(doubles);
    assertArrayEquals(new double[] {1, 2, 9}, doubles);
    float[] floats = {9, 9, 9};
    Tensor.of(1, 2).copyTo(floats);
    assertArrayEquals(new float[] {1, 2, 9}, floats);
    assertRefused(
        "copyTo: the shape [2, 3] does not fit an array of 5 values",
        () -> MATRIX.copyTo(new double[5]));
    assertRefused(
        "copyTo: the shape [2, 3] does not fit an array of 0 values",
        () -> MATRIX.copyTo(new float[0]));
  }

  @Test
  void reshapes() {
    Tensor turned = MATRIX.reshape(3, 2);
    assertEquals(Shape.of(3, 2), turned.shape());
    assertArrayEquals(MATRIX.toDoubles(), turned.toDoubles());
    assertEquals(Shape.scalar(), Tensor.of(1.0).reshape().shape());
    assertRefused(
        "reshape: [2, 3] has 6 elements and [4] has 4; their sizes must multiply to the same number",
        () -> MATRIX.reshape(4));
  }

  @Test
  void comparesBits() {
    assertTrue(Tensor.of(1, Double.NaN).sameAs(Tensor.of(1, Double.NaN)));
    assertFalse(Tensor.of(0.0).sameAs(Tensor.of(-0.0)));
    assertFalse(Tensor.of(1.0).sameAs(Tensor.of(Math.nextUp(1.0))));
    assertFalse(Tensor.of(1.0).sameAs(Tensor.of(1.0).to(Precision.FLOAT32)));
    assertFalse(Tensor.of(1, 2).sameAs(Tensor.of(1, 2).reshape(1, 2)));
  }

  @Test
  void precisionsHaveNames() {
    assertEquals(Precision.FLOAT32, Precision.parse("Float32"));
    assertEquals(Precision.FLOAT64, Precision.parse("FLOAT64"));
    assertEquals("float64", Precision.FLOAT64.toString());
    assertEquals(4, Precision.FLOAT32.bytes());
    assertEquals(8, Precision.FLOAT64.bytes());
    var error = assertThrows(IllegalArgumentException.class, () -> Precision.parse("double"));
    assertEquals("'double' is not a precision; use float32 or float64", error.getMessage());
  }
}
