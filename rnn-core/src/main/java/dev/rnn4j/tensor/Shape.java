package dev.rnn4j.tensor;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;

/**
 * The sizes of a tensor's axes, outermost first; row-major. {@code []} is a scalar, and an axis may
 * have size 0. Axes count from 0, or from the end with negative numbers: −1 is the last.
 */
public final class Shape {
  private static final Shape SCALAR = new Shape(new int[0]);

  private final int[] sizes;
  private final int elements;

  private Shape(int[] sizes) {
    this.sizes = sizes;
    long product = 1;
    for (int size : sizes) {
      if (size < 0) {
        throw new ShapeException(
            "a shape cannot have the size " + size + ": " + Arrays.toString(sizes));
      }
      product = size == 0 ? 0 : Math.multiplyExact(product, (long) size);
      if (product > Integer.MAX_VALUE) {
        throw new ShapeException(
            "the shape " + Arrays.toString(sizes) + " has more than 2147483647 elements");
      }
    }
    this.elements = (int) product;
  }

  /**
   * Returns the shape with these sizes, outermost first.
   *
   * @throws ShapeException for a negative size, or more than 2³¹−1 elements
   */
  public static Shape of(int... sizes) {
    requireNonNull(sizes, "a shape was given null as its sizes");
    return sizes.length == 0 ? SCALAR : new Shape(sizes.clone());
  }

  /** Returns the shape of a single value, {@code []}. */
  public static Shape scalar() {
    return SCALAR;
  }

  /** Returns the number of axes. */
  public int rank() {
    return sizes.length;
  }

  /** Returns the number of elements: the product of the sizes, 1 for a scalar. */
  public int elements() {
    return elements;
  }

  /** Returns the size of an axis; negative axes count from the end. */
  public int size(int axis) {
    return sizes[axis(axis)];
  }

  /**
   * Returns {@code axis} counted from 0.
   *
   * @throws ShapeException where there is no such axis
   */
  public int axis(int axis) {
    int counted = axis < 0 ? axis + sizes.length : axis;
    if (counted < 0 || counted >= sizes.length) {
      throw new ShapeException("the shape " + this + " has no axis " + axis);
    }
    return counted;
  }

  /** Returns the sizes in a new array. */
  public int[] toArray() {
    return sizes.clone();
  }

  /** Returns how far apart, in elements, neighbours along each axis are in row-major order. */
  public int[] strides() {
    int[] strides = new int[sizes.length];
    int stride = 1;
    for (int axis = sizes.length - 1; axis >= 0; axis--) {
      strides[axis] = stride;
      stride *= sizes[axis];
    }
    return strides;
  }

  /** Returns this shape with one size replaced. */
  public Shape with(int axis, int size) {
    int at = axis(axis);
    if (sizes[at] == size) {
      return this;
    }
    int[] changed = sizes.clone();
    changed[at] = size;
    return new Shape(changed);
  }

  /** Returns this shape without one axis. */
  public Shape without(int axis) {
    int gone = axis(axis);
    int[] rest = new int[sizes.length - 1];
    System.arraycopy(sizes, 0, rest, 0, gone);
    System.arraycopy(sizes, gone + 1, rest, gone, rest.length - gone);
    return rest.length == 0 ? SCALAR : new Shape(rest);
  }

  /**
   * Returns this shape with a new axis of the given size before {@code axis} (0 … rank).
   *
   * @throws ShapeException for an axis outside 0 … rank
   */
  public Shape insert(int axis, int size) {
    if (axis < 0 || axis > sizes.length) {
      throw new ShapeException(
          "the shape " + this + " takes a new axis at 0 to " + sizes.length + ", not at " + axis);
    }
    int[] more = new int[sizes.length + 1];
    System.arraycopy(sizes, 0, more, 0, axis);
    more[axis] = size;
    System.arraycopy(sizes, axis, more, axis + 1, sizes.length - axis);
    return new Shape(more);
  }

  /**
   * Returns the shape that two shapes broadcast to by NumPy's rule: aligned at the last axis, equal
   * sizes, or one of them 1 or absent.
   *
   * @throws ShapeException where they do not broadcast
   */
  public static Shape broadcast(Shape a, Shape b) {
    if (b.broadcastsTo(a)) {
      return a;
    }
    if (a.broadcastsTo(b)) {
      return b;
    }
    int rank = Math.max(a.rank(), b.rank());
    int[] sizes = new int[rank];
    for (int i = 1; i <= rank; i++) {
      int left = i <= a.rank() ? a.sizes[a.rank() - i] : 1;
      int right = i <= b.rank() ? b.sizes[b.rank() - i] : 1;
      if (left != right && left != 1 && right != 1) {
        throw new ShapeException(
            a + " and " + b + " do not broadcast: " + left + " against " + right);
      }
      sizes[rank - i] = left == 1 ? right : left;
    }
    return of(sizes);
  }

  /** Returns whether the first axes have the sizes of another shape, as {@code [T, N]}. */
  public boolean startsWith(Shape first) {
    return first.rank() <= rank()
        && Arrays.equals(first.sizes, 0, first.rank(), sizes, 0, first.rank());
  }

  /** Returns the index along each axis of the element with a number, counted in row-major order. */
  public int[] indexOf(int number) {
    int[] index = new int[rank()];
    int rest = number;
    for (int axis = index.length - 1; axis >= 0; axis--) {
      index[axis] = rest % sizes[axis];
      rest /= sizes[axis];
    }
    return index;
  }

  /** Returns whether this shape broadcasts to exactly {@code target}. */
  public boolean broadcastsTo(Shape target) {
    if (rank() > target.rank()) {
      return false;
    }
    for (int i = 1; i <= rank(); i++) {
      int size = sizes[rank() - i];
      if (size != 1 && size != target.sizes[target.rank() - i]) {
        return false;
      }
    }
    return true;
  }

  @Override
  public boolean equals(Object other) {
    return this == other || other instanceof Shape that && Arrays.equals(sizes, that.sizes);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(sizes);
  }

  /** Returns the sizes as {@code [32, 24]}. */
  @Override
  public String toString() {
    return Arrays.toString(sizes);
  }
}
