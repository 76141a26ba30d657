package dev.rnn4j.tensor;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.Objects;

/**
 * Numbers in a shape: dense, row-major, float32 or float64, and immutable. Arrays are copied on the
 * way in and on the way out.
 */
public final class Tensor {
  private static final String NO_SHAPE = "a tensor was given null as its shape";
  private static final String NO_VALUES = "a tensor was given null as its values";

  private final Shape shape;
  private final float[] floats;
  private final double[] doubles;

  private Tensor(Shape shape, float[] floats, double[] doubles) {
    requireNonNull(shape, NO_SHAPE);
    int given = floats != null ? floats.length : doubles.length;
    if (given != shape.elements()) {
      throw new ShapeException(
          "the shape " + shape + " takes " + shape.elements() + " values, not " + given);
    }
    this.shape = shape;
    this.floats = floats;
    this.doubles = doubles;
  }

  /** Returns a float64 tensor of the given shape; {@code values} in row-major order. */
  public static Tensor of(Shape shape, double... values) {
    return new Tensor(shape, null, requireNonNull(values, NO_VALUES).clone());
  }

  /** Returns a float32 tensor of the given shape; {@code values} in row-major order. */
  public static Tensor of(Shape shape, float... values) {
    return new Tensor(shape, requireNonNull(values, NO_VALUES).clone(), null);
  }

  /** Returns a float64 tensor without axes. */
  public static Tensor scalar(double value) {
    return new Tensor(Shape.scalar(), null, new double[] {value});
  }

  /** Returns a float64 vector, {@code [n]}. */
  public static Tensor of(double... values) {
    requireNonNull(values, NO_VALUES);
    return of(Shape.of(values.length), values);
  }

  /**
   * Returns a float64 matrix, {@code [rows, columns]}.
   *
   * @throws ShapeException for rows of unequal length
   */
  public static Tensor of(double[][] rows) {
    requireNonNull(rows, "a tensor was given null as its rows");
    for (int row = 0; row < rows.length; row++) {
      int number = row;
      requireNonNull(rows[row], () -> "a tensor was given null as its row " + number);
    }
    int columns = rows.length == 0 ? 0 : rows[0].length;
    double[] flat = new double[rows.length * columns];
    for (int row = 0; row < rows.length; row++) {
      if (rows[row].length != columns) {
        throw new ShapeException(
            "row " + row + " has " + rows[row].length + " values, the rows before it " + columns);
      }
      System.arraycopy(rows[row], 0, flat, row * columns, columns);
    }
    return new Tensor(Shape.of(rows.length, columns), null, flat);
  }

  /**
   * Returns a float64 tensor with three axes.
   *
   * @throws ShapeException for parts of unequal shape
   */
  public static Tensor of(double[][][] parts) {
    requireNonNull(parts, "a tensor was given null as its parts");
    for (int i = 0; i < parts.length; i++) {
      int number = i;
      requireNonNull(parts[i], () -> "a tensor was given null as its part " + number);
    }
    Tensor first = parts.length == 0 ? of(new double[0][0]) : of(parts[0]);
    double[] flat = new double[parts.length * first.shape.elements()];
    for (int i = 0; i < parts.length; i++) {
      Tensor part = of(parts[i]);
      if (!part.shape.equals(first.shape)) {
        throw new ShapeException(
            "part " + i + " has the shape " + part.shape + ", the parts before it " + first.shape);
      }
      System.arraycopy(part.doubles, 0, flat, i * part.doubles.length, part.doubles.length);
    }
    return new Tensor(first.shape.insert(0, parts.length), null, flat);
  }

  /** Returns a float64 tensor of zeros. */
  public static Tensor zeros(Shape shape) {
    return full(shape, 0);
  }

  /** Returns a float64 tensor that holds one value everywhere. */
  public static Tensor full(Shape shape, double value) {
    double[] values = new double[requireNonNull(shape, NO_SHAPE).elements()];
    Arrays.fill(values, value);
    return new Tensor(shape, null, values);
  }

  /** Returns the sizes of the axes. */
  public Shape shape() {
    return shape;
  }

  /** Returns the format of the values. */
  public Precision precision() {
    return floats != null ? Precision.FLOAT32 : Precision.FLOAT64;
  }

  /** Returns this tensor in the given precision: itself, widened, or rounded to nearest. */
  public Tensor to(Precision precision) {
    requireNonNull(precision, "a tensor was given null as its precision");
    if (precision == precision()) {
      return this;
    }
    return precision == Precision.FLOAT64
        ? new Tensor(shape, null, toDoubles())
        : new Tensor(shape, toFloats(), null);
  }

  /**
   * Returns the value at one position in row-major order.
   *
   * @throws ShapeException where there is no such position
   */
  public double at(int position) {
    if (position < 0 || position >= shape.elements()) {
      throw new ShapeException(
          "there is no position " + position + " among the elements of the shape " + shape);
    }
    return floats != null ? floats[position] : doubles[position];
  }

  /**
   * Returns the value at an index, one number for each axis.
   *
   * @throws ShapeException for the wrong count of numbers, or one outside its axis
   */
  public double get(int... index) {
    requireNonNull(index, "a tensor was asked for the value at null: give an index");
    if (index.length != shape.rank()) {
      throw new ShapeException(
          "the index " + Arrays.toString(index) + " does not fit the shape " + shape);
    }
    int position = 0;
    for (int axis = 0; axis < index.length; axis++) {
      if (index[axis] < 0 || index[axis] >= shape.size(axis)) {
        throw new ShapeException(
            "the index " + Arrays.toString(index) + " is outside the shape " + shape);
      }
      position = position * shape.size(axis) + index[axis];
    }
    return at(position);
  }

  /**
   * Returns the value of a tensor with one element.
   *
   * @throws ShapeException for more or fewer elements
   */
  public double item() {
    if (shape.elements() != 1) {
      throw new ShapeException("item() needs one element, and the shape is " + shape);
    }
    return at(0);
  }

  /**
   * Returns the same values in another shape with as many elements.
   *
   * @throws ShapeException for more or fewer elements
   */
  public Tensor reshape(int... sizes) {
    Shape target = Shape.of(sizes);
    if (target.elements() != shape.elements()) {
      throw new ShapeException(
          "reshape: "
              + shape
              + " has "
              + shape.elements()
              + " elements and "
              + target
              + " has "
              + target.elements()
              + "; their sizes must multiply to the same number");
    }
    return new Tensor(target, floats, doubles);
  }

  /** Returns the values in row-major order, in a new array. */
  public double[] toDoubles() {
    double[] values = new double[shape.elements()];
    copyTo(values);
    return values;
  }

  /** Returns the values in row-major order, in a new array, rounded where they are float64. */
  public float[] toFloats() {
    float[] values = new float[shape.elements()];
    copyTo(values);
    return values;
  }

  /**
   * Writes the values in row-major order to the beginning of {@code target}.
   *
   * @throws ShapeException for a shorter array
   */
  public void copyTo(double[] target) {
    requireRoom(target.length);
    if (doubles != null) {
      System.arraycopy(doubles, 0, target, 0, doubles.length);
    } else {
      for (int i = 0; i < floats.length; i++) {
        target[i] = floats[i];
      }
    }
  }

  /**
   * Writes the values in row-major order to the beginning of {@code target}, rounded where they are
   * float64.
   *
   * @throws ShapeException for a shorter array
   */
  public void copyTo(float[] target) {
    requireRoom(target.length);
    if (floats != null) {
      System.arraycopy(floats, 0, target, 0, floats.length);
    } else {
      for (int i = 0; i < doubles.length; i++) {
        target[i] = (float) doubles[i];
      }
    }
  }

  /**
   * Writes some of the values in row-major order to the beginning of {@code target}.
   *
   * @param from the position of the first one
   * @throws IndexOutOfBoundsException where there are not as many
   */
  public void copyTo(int from, int count, double[] target) {
    Objects.checkFromIndexSize(from, count, shape.elements());
    if (doubles != null) {
      System.arraycopy(doubles, from, target, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        target[i] = floats[from + i];
      }
    }
  }

  /**
   * Writes some of the values in row-major order to the beginning of {@code target}, rounded where
   * they are float64.
   *
   * @param from the position of the first one
   * @throws IndexOutOfBoundsException where there are not as many
   */
  public void copyTo(int from, int count, float[] target) {
    Objects.checkFromIndexSize(from, count, shape.elements());
    if (floats != null) {
      System.arraycopy(floats, from, target, 0, count);
    } else {
      for (int i = 0; i < count; i++) {
        target[i] = (float) doubles[from + i];
      }
    }
  }

  private void requireRoom(int length) {
    if (length < shape.elements()) {
      throw new ShapeException(
          "copyTo: the shape " + shape + " does not fit an array of " + length + " values");
    }
  }

  /**
   * Returns a matrix as an array of rows.
   *
   * @throws ShapeException where there are not two axes
   */
  public double[][] toMatrix() {
    if (shape.rank() != 2) {
      throw new ShapeException("toMatrix() needs two axes, and the shape is " + shape);
    }
    double[][] rows = new double[shape.size(0)][shape.size(1)];
    int position = 0;
    for (double[] row : rows) {
      for (int column = 0; column < row.length; column++) {
        row[column] = at(position++);
      }
    }
    return rows;
  }

  /**
   * Returns whether shape, precision and the values are the same; 0 and −0 are not, all NaN are.
   */
  public boolean sameAs(Tensor other) {
    return shape.equals(other.shape)
        && Arrays.equals(floats, other.floats)
        && Arrays.equals(doubles, other.doubles);
  }

  /**
   * Returns the values as NumPy prints an array: {@code [1. 2. 3.]}. Of more than 1000 elements,
   * only the first and last three along each axis are shown.
   */
  @Override
  public String toString() {
    return NumpyFormat.format(this);
  }
}
