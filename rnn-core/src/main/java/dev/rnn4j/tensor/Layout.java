package dev.rnn4j.tensor;

import java.util.Arrays;
import java.util.Optional;

/**
 * Where the elements of a shape lie in an array: element (i, j, …) at offset + i·stride₀ +
 * j·stride₁ + …. A stride of 0 repeats. Transposes, slices and broadcasts are other layouts of the
 * same array.
 */
public final class Layout {
  private final Shape shape;
  private final int offset;
  private final int[] strides;

  private Layout(Shape shape, int offset, int[] strides) {
    this.shape = shape;
    this.offset = offset;
    this.strides = strides;
  }

  /** Returns the row-major layout from position 0. */
  public static Layout dense(Shape shape) {
    return new Layout(shape, 0, shape.strides());
  }

  /** Returns the layout with a distance between neighbours along each axis. */
  public static Layout of(Shape shape, int offset, int[] strides) {
    if (strides.length != shape.rank()) {
      throw new ShapeException(shape + " has not " + strides.length + " axes");
    }
    return new Layout(shape, offset, strides.clone());
  }

  /** Returns the shape that is laid out. */
  public Shape shape() {
    return shape;
  }

  /** Returns the position of the first element. */
  public int offset() {
    return offset;
  }

  /** Returns the distances along the axes, in a new array. */
  public int[] strides() {
    return strides.clone();
  }

  /** Returns the distance between neighbours along an axis; negative axes count from the end. */
  public int stride(int axis) {
    return strides[shape.axis(axis)];
  }

  /** Returns the position of the element with a number, counted in row-major order. */
  public int positionOf(int number) {
    int position = offset;
    int rest = number;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      int size = shape.size(axis);
      position += rest % size * strides[axis];
      rest /= size;
    }
    return position;
  }

  /** Returns whether another layout has the same shape, and each element at the same position. */
  @Override
  public boolean equals(Object other) {
    if (!(other instanceof Layout that) || offset != that.offset || !shape.equals(that.shape)) {
      return false;
    }
    for (int axis = 0; axis < strides.length; axis++) {
      if (strides[axis] != that.strides[axis] && shape.size(axis) != 1) {
        return false;
      }
    }
    return true;
  }

  @Override
  public int hashCode() {
    return 31 * shape.hashCode() + offset;
  }

  /** Returns whether the elements lie one after the other in row-major order. */
  public boolean isDense() {
    int expected = 1;
    for (int axis = strides.length - 1; axis >= 0; axis--) {
      if (shape.size(axis) != 1 && strides[axis] != expected) {
        return shape.elements() == 0;
      }
      expected *= shape.size(axis);
    }
    return true;
  }

  /** Returns this layout further on in the array. */
  public Layout shifted(int distance) {
    return new Layout(shape, offset + distance, strides);
  }

  /** Returns the layout with its axes in another order. */
  public Layout transposed(int[] axes) {
    int[] sizes = new int[axes.length];
    int[] moved = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      sizes[i] = shape.size(axes[i]);
      moved[i] = strides[axes[i]];
    }
    return new Layout(Shape.of(sizes), offset, moved);
  }

  /** Returns the layout of {@code size} elements of an axis from {@code from} on. */
  public Layout sliced(int axis, int from, int size) {
    return new Layout(shape.with(axis, size), offset + from * strides[axis], strides);
  }

  /** Returns the layout of one element of the first axis, which disappears. */
  public Layout step(int t) {
    return select(0, t);
  }

  /** Returns the layout of one element of an axis, which disappears. */
  public Layout select(int axis, int index) {
    int[] rest = new int[strides.length - 1];
    System.arraycopy(strides, 0, rest, 0, axis);
    System.arraycopy(strides, axis + 1, rest, axis, rest.length - axis);
    return new Layout(shape.without(axis), offset + index * strides[axis], rest);
  }

  /**
   * Returns the layout of {@code count} such layouts, each {@code stride} further on: a new first
   * axis.
   */
  public Layout repeated(int count, int stride) {
    int[] more = new int[strides.length + 1];
    more[0] = stride;
    System.arraycopy(strides, 0, more, 1, strides.length);
    return new Layout(shape.insert(0, count), offset, more);
  }

  /** Returns the layout repeated to a shape that this one broadcasts to. */
  public Layout broadcastTo(Shape target) {
    int[] repeated = new int[target.rank()];
    for (int i = 1; i <= shape.rank(); i++) {
      boolean one = shape.size(-i) == 1 && target.size(-i) != 1;
      repeated[target.rank() - i] = one ? 0 : strides[shape.rank() - i];
    }
    return new Layout(target, offset, repeated);
  }

  /**
   * Returns the layout of the same elements in order in another shape, or empty where that takes a
   * copy.
   */
  public Optional<Layout> reshaped(Shape target) {
    if (isDense()) {
      return Optional.of(new Layout(target, offset, target.strides()));
    }
    int[] split = new int[target.rank()];
    int from = 0;
    int to = 0;
    int next = 0;
    // Pairs runs of axes with equal products; within a run the old axes must be mergeable.
    while (from < shape.rank() || next < target.rank()) {
      long old = 1;
      long fresh = 1;
      to = from;
      int end = next;
      do {
        if (old <= fresh && to < shape.rank()) {
          old *= shape.size(to++);
        } else if (end < target.rank()) {
          fresh *= target.size(end++);
        } else {
          old *= shape.size(to++);
        }
      } while (old != fresh);
      int stride = mergedStride(from, to);
      if (stride < 0) {
        return Optional.empty();
      }
      for (int axis = end - 1; axis >= next; axis--) {
        split[axis] = stride;
        stride *= target.size(axis);
      }
      from = to;
      next = end;
    }
    return Optional.of(new Layout(target, offset, split));
  }

  /** Returns the stride of axes [from, to) taken as one, or −1 where they are not one. */
  private int mergedStride(int from, int to) {
    int inner = -1;
    int expected = 0;
    for (int axis = to - 1; axis >= from; axis--) {
      if (shape.size(axis) == 1) {
        continue;
      }
      if (inner < 0) {
        inner = strides[axis];
      } else if (strides[axis] != expected) {
        return -1;
      }
      expected = strides[axis] * shape.size(axis);
    }
    return Math.max(inner, 0);
  }

  @Override
  public String toString() {
    return shape + (isDense() ? "" : " strides " + Arrays.toString(strides)) + " at " + offset;
  }
}
