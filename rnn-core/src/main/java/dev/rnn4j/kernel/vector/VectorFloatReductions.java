package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatPointwise;
import dev.rnn4j.kernel.ScalarFloatReductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Sums and largest values over an axis, where it or what is inside it fills a vector.
 *
 * <p>Sums of columns are made by a few loops, one after the other. The JIT inlines 8,000 bytes of
 * code into what it compiles, and a method of the Vector API takes 150 to 400 of them. Where a loop
 * that goes on from vector to vector crosses that limit, its vectors become objects for good. So
 * each loop stays within it, and they are called through an interface, of which every sum has three
 * forms, which keeps the JIT from making them one.
 */
final class VectorFloatReductions {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int VIRTUAL = ScalarFloatReductions.LANES;

  /** The length from which vectors are faster for neighbours. */
  private static final int LONG = 2 * VIRTUAL;

  /** The rows from which vectors are faster for columns that do not fill them. */
  private static final int MANY = 16;

  /** The rows whose lanes are summed together, so that none waits for another. */
  private static final int ROWS = 16;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[ROWS * VIRTUAL]);

  /**
   * One of the loops of a sum of columns: y [columns] of a and, for products, b [rows, columns].
   */
  private interface Stage {
    void run(
        int rows,
        int columns,
        float[] a,
        int aOffset,
        float[] b,
        int bOffset,
        float[] y,
        int yOffset);
  }

  private static final Stage[] SUM = {
    (rows, columns, a, i, b, j, y, k) -> System.arraycopy(a, i, y, k, columns),
    (rows, columns, a, i, b, j, y, k) -> fourVectors(rows, columns, a, i, y, k),
    (rows, columns, a, i, b, j, y, k) -> otherVectors(rows, columns, a, i, y, k)
  };

  private static final Stage[] SUM_OF_PRODUCTS = {
    (rows, columns, a, i, b, j, y, k) -> VectorFloatPointwise.multiply(columns, a, i, b, j, y, k),
    VectorFloatReductions::fourVectors,
    VectorFloatReductions::otherVectors
  };

  private VectorFloatReductions() {}

  static void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    if (inner == 1) {
      sumRows(outer, axis, x, xOffset, y, yOffset);
      return;
    }
    for (int o = 0; o < outer; o++) {
      sumColumns(axis, inner, x, xOffset + o * axis * inner, y, yOffset + o * inner);
    }
  }

  static void sumOfProducts(
      int outer,
      int axis,
      int inner,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    if (inner == 1) {
      sumRowsOfProducts(outer, axis, a, aOffset, b, bOffset, y, yOffset);
      return;
    }
    for (int o = 0; o < outer; o++) {
      int at = o * axis * inner;
      sumColumnsOfProducts(axis, inner, a, aOffset + at, b, bOffset + at, y, yOffset + o * inner);
    }
  }

  static void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    float[] scratch = SCRATCH.get();
    for (int o = 0; o < outer; o++) {
      int from = xOffset + o * axis * inner;
      int to = yOffset + o * inner;
      if (inner == 1) {
        y[to] = max(axis, x, from, scratch);
      } else {
        System.arraycopy(x, from, y, to, inner);
        for (int i = 1; i < axis; i++) {
          VectorFloatPointwise.maximum(inner, y, to, x, from + i * inner, y, to);
        }
      }
    }
  }

  /** Returns whether vectors are of use for sums of these sizes: they are read whole. */
  static boolean fills(int axis, int inner) {
    return inner == 1 ? axis >= LONG : inner >= LANES ? axis > 0 : inner > 1 && axis >= MANY;
  }

  private static void sumRows(int rows, int axis, float[] x, int xOffset, float[] y, int yOffset) {
    float[] scratch = SCRATCH.get();
    for (int row = 0; row < rows; row += ROWS) {
      int count = Math.min(ROWS, rows - row);
      int from = xOffset + row * axis;
      for (int i = 0; i < count; i++) {
        lanes(axis, x, from + i * axis, scratch, i * VIRTUAL);
      }
      for (int i = 0; i < count; i++) {
        y[yOffset + row + i] = ScalarFloatReductions.sumOfLanes(scratch, i * VIRTUAL);
      }
    }
  }

  /** The sums of n neighbours in virtual lanes. */
  static void lanes(int n, float[] x, int offset, float[] lanes, int to) {
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, offset + i));
      }
      sum.intoArray(lanes, to + lane);
    }
    for (int i = whole; i < n; i++) {
      lanes[to + i - whole] += x[offset + i];
    }
  }

  private static void sumColumns(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    if (columns < LANES) {
      sumFewColumns(rows, columns, x, xOffset, y, yOffset);
    } else {
      run(SUM, rows, columns, x, xOffset, x, xOffset, y, yOffset);
    }
  }

  private static void run(
      Stage[] stages,
      int rows,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    for (Stage stage : stages) {
      stage.run(rows, columns, a, aOffset, b, bOffset, y, yOffset);
    }
  }

  /** Whole vectors, of which only the first lanes are of use, as far as the array has them. */
  private static void sumFewColumns(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    int whole = Math.min(rows, wholeRows(columns, x, xOffset));
    float[] scratch = SCRATCH.get();
    oneVector(whole, columns, x, xOffset, scratch, 0);
    System.arraycopy(scratch, 0, y, yOffset, columns);
    for (int i = whole; i < rows; i++) {
      ScalarFloatPointwise.add(columns, y, yOffset, x, xOffset + i * columns, y, yOffset);
    }
  }

  /** Returns how many rows begin at least a vector before the end of their array. */
  private static int wholeRows(int columns, float[] x, int xOffset) {
    return (x.length - LANES - xOffset) / columns + 1;
  }

  /** Adds the other rows to the first, which is in y, where four vectors of columns are left. */
  private static void fourVectors(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = 0; j <= columns - 4 * LANES; j += 4 * LANES) {
      int to = yOffset + j;
      FloatVector s0 = FloatVector.fromArray(SPECIES, y, to);
      FloatVector s1 = FloatVector.fromArray(SPECIES, y, to + LANES);
      FloatVector s2 = FloatVector.fromArray(SPECIES, y, to + 2 * LANES);
      FloatVector s3 = FloatVector.fromArray(SPECIES, y, to + 3 * LANES);
      int at = xOffset + j;
      for (int i = 1; i < rows; i++) {
        at += columns;
        s0 = s0.add(FloatVector.fromArray(SPECIES, x, at));
        s1 = s1.add(FloatVector.fromArray(SPECIES, x, at + LANES));
        s2 = s2.add(FloatVector.fromArray(SPECIES, x, at + 2 * LANES));
        s3 = s3.add(FloatVector.fromArray(SPECIES, x, at + 3 * LANES));
      }
      s0.intoArray(y, to);
      s1.intoArray(y, to + LANES);
      s2.intoArray(y, to + 2 * LANES);
      s3.intoArray(y, to + 3 * LANES);
    }
  }

  /** Sums the columns that are left; the last vector may overlap its neighbour. */
  private static void otherVectors(
      int rows, int columns, float[] x, int xOffset, float[] y, int yOffset) {
    for (int j = columns - columns % (4 * LANES); j < columns; j += LANES) {
      int column = Math.min(j, columns - LANES);
      oneVector(rows, columns, x, xOffset + column, y, yOffset + column);
    }
  }

  private static void oneVector(
      int rows, int stride, float[] x, int xOffset, float[] y, int yOffset) {
    FloatVector sum = FloatVector.fromArray(SPECIES, x, xOffset);
    int at = xOffset + stride;
    for (int i = 1; i < rows; i++) {
      sum = sum.add(FloatVector.fromArray(SPECIES, x, at));
      at += stride;
    }
    sum.intoArray(y, yOffset);
  }

  private static void sumRowsOfProducts(
      int rows, int axis, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    float[] scratch = SCRATCH.get();
    for (int row = 0; row < rows; row += ROWS) {
      int count = Math.min(ROWS, rows - row);
      for (int i = 0; i < count; i++) {
        int at = (row + i) * axis;
        lanesOfProducts(axis, a, aOffset + at, b, bOffset + at, scratch, i * VIRTUAL);
      }
      for (int i = 0; i < count; i++) {
        y[yOffset + row + i] = ScalarFloatReductions.sumOfLanes(scratch, i * VIRTUAL);
      }
    }
  }

  /** The sums of a·b for n neighbours in virtual lanes. */
  private static void lanesOfProducts(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] lanes, int to) {
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
        sum = sum.add(u.mul(FloatVector.fromArray(SPECIES, b, bOffset + i)));
      }
      sum.intoArray(lanes, to + lane);
    }
    for (int i = whole; i < n; i++) {
      lanes[to + i - whole] += a[aOffset + i] * b[bOffset + i];
    }
  }

  private static void sumColumnsOfProducts(
      int rows,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    if (columns < LANES) {
      sumFewColumnsOfProducts(rows, columns, a, aOffset, b, bOffset, y, yOffset);
    } else {
      run(SUM_OF_PRODUCTS, rows, columns, a, aOffset, b, bOffset, y, yOffset);
    }
  }

  private static void sumFewColumnsOfProducts(
      int rows,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    int both = Math.min(wholeRows(columns, a, aOffset), wholeRows(columns, b, bOffset));
    int whole = Math.min(rows, both);
    float[] scratch = SCRATCH.get();
    oneVector(whole, columns, a, aOffset, b, bOffset, scratch, 0);
    System.arraycopy(scratch, 0, y, yOffset, columns);
    for (int i = whole; i < rows; i++) {
      int at = i * columns;
      ScalarFloatPointwise.addProduct(
          columns, y, yOffset, a, aOffset + at, b, bOffset + at, y, yOffset);
    }
  }

  private static void fourVectors(
      int rows,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    for (int j = 0; j <= columns - 4 * LANES; j += 4 * LANES) {
      int to = yOffset + j;
      FloatVector s0 = FloatVector.fromArray(SPECIES, y, to);
      FloatVector s1 = FloatVector.fromArray(SPECIES, y, to + LANES);
      FloatVector s2 = FloatVector.fromArray(SPECIES, y, to + 2 * LANES);
      FloatVector s3 = FloatVector.fromArray(SPECIES, y, to + 3 * LANES);
      for (int i = 1; i < rows; i++) {
        int u = aOffset + i * columns + j;
        int v = bOffset + i * columns + j;
        FloatVector u0 = FloatVector.fromArray(SPECIES, a, u);
        s0 = s0.add(u0.mul(FloatVector.fromArray(SPECIES, b, v)));
        FloatVector u1 = FloatVector.fromArray(SPECIES, a, u + LANES);
        s1 = s1.add(u1.mul(FloatVector.fromArray(SPECIES, b, v + LANES)));
        FloatVector u2 = FloatVector.fromArray(SPECIES, a, u + 2 * LANES);
        s2 = s2.add(u2.mul(FloatVector.fromArray(SPECIES, b, v + 2 * LANES)));
        FloatVector u3 = FloatVector.fromArray(SPECIES, a, u + 3 * LANES);
        s3 = s3.add(u3.mul(FloatVector.fromArray(SPECIES, b, v + 3 * LANES)));
      }
      s0.intoArray(y, to);
      s1.intoArray(y, to + LANES);
      s2.intoArray(y, to + 2 * LANES);
      s3.intoArray(y, to + 3 * LANES);
    }
  }

  private static void otherVectors(
      int rows,
      int columns,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    for (int j = columns - columns % (4 * LANES); j < columns; j += LANES) {
      int column = Math.min(j, columns - LANES);
      oneVector(rows, columns, a, aOffset + column, b, bOffset + column, y, yOffset + column);
    }
  }

  private static void oneVector(
      int rows,
      int stride,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset);
    FloatVector sum = u.mul(FloatVector.fromArray(SPECIES, b, bOffset));
    for (int i = 1; i < rows; i++) {
      u = FloatVector.fromArray(SPECIES, a, aOffset + i * stride);
      sum = sum.add(u.mul(FloatVector.fromArray(SPECIES, b, bOffset + i * stride)));
    }
    sum.intoArray(y, yOffset);
  }

  private static float max(int n, float[] x, int offset, float[] scratch) {
    FloatVector max = FloatVector.broadcast(SPECIES, Float.NEGATIVE_INFINITY);
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      max = max.max(FloatVector.fromArray(SPECIES, x, offset + i));
    }
    max.intoArray(scratch, 0);
    float inVector = ScalarFloatReductions.max(LANES, scratch, 0);
    return Math.max(inVector, ScalarFloatReductions.max(n - whole, x, offset + whole));
  }
}
