package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatReductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Normalisation of rows, of as many elements as there are virtual lanes or more. */
final class VectorFloatNorms {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int VIRTUAL = ScalarFloatReductions.LANES;

  /** The rows that are summed together, so that none waits for the sums of another. */
  private static final int ROWS = 16;

  /** The elements that are read again for the next sums, and are to be in the first cache then. */
  private static final int MOST = 1024;

  private static final ThreadLocal<Scratch> SCRATCH = ThreadLocal.withInitial(Scratch::new);

  /** The virtual lanes of some rows, and what comes of them for each. */
  private static final class Scratch {
    final float[] lanes = new float[ROWS * VIRTUAL];
    final float[] lanesOfProducts = new float[ROWS * VIRTUAL];
    final float[] means = new float[ROWS];
    final float[] gMeans = new float[ROWS];
    final float[] inverses = new float[ROWS];
    final float[] slopes = new float[ROWS];
  }

  private VectorFloatNorms() {}

  static void normalize(
      int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset) {
    Scratch scratch = SCRATCH.get();
    int together = together(n);
    for (int row = 0; row < rows; row += together) {
      int count = Math.min(together, rows - row);
      int from = xOffset + row * n;
      means(count, n, x, from, scratch.lanes, scratch.means);
      for (int i = 0; i < count; i++) {
        squares(n, x, from + i * n, scratch.means[i], scratch.lanes, i * VIRTUAL);
      }
      inverses(count, n, epsilon, scratch.lanes, scratch.inverses);
      for (int i = 0; i < count; i++) {
        int at = from + i * n;
        int to = yOffset + (row + i) * n;
        scaled(n, x, at, scratch.means[i], scratch.inverses[i], y, to);
      }
    }
  }

  /** Returns how many rows are summed together, of which each reads so many elements. */
  private static int together(int elements) {
    return Math.max(1, Math.min(ROWS, MOST / elements));
  }

  private static void means(int rows, int n, float[] x, int from, float[] lanes, float[] means) {
    for (int i = 0; i < rows; i++) {
      VectorFloatReductions.lanes(n, x, from + i * n, lanes, i * VIRTUAL);
    }
    for (int i = 0; i < rows; i++) {
      means[i] = ScalarFloatReductions.sumOfLanes(lanes, i * VIRTUAL) / n;
    }
  }

  private static void inverses(int rows, int n, float epsilon, float[] lanes, float[] inverses) {
    for (int i = 0; i < rows; i++) {
      float variance = ScalarFloatReductions.sumOfLanes(lanes, i * VIRTUAL) / n;
      inverses[i] = 1 / (float) Math.sqrt(variance + epsilon);
    }
  }

  private static void scaled(
      int n, float[] x, int from, float mean, float inverse, float[] y, int to) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector inverses = FloatVector.broadcast(SPECIES, inverse);
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
      c.mul(inverses).intoArray(y, to + i);
    }
    for (int i = whole; i < n; i++) {
      y[to + i] = (x[from + i] - mean) * inverse;
    }
  }

  static void normalizeGradient(
      int rows,
      int n,
      float epsilon,
      float[] x,
      int xOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset) {
    Scratch scratch = SCRATCH.get();
    int together = together(2 * n);
    for (int row = 0; row < rows; row += together) {
      int count = Math.min(together, rows - row);
      int from = xOffset + row * n;
      int gFrom = gOffset + row * n;
      means(count, n, x, from, scratch.lanes, scratch.means);
      means(count, n, g, gFrom, scratch.lanes, scratch.gMeans);
      for (int i = 0; i < count; i++) {
        float[] products = scratch.lanesOfProducts;
        int at = i * n;
        squaresAndProducts(
            n, x, from + at, scratch.means[i], g, gFrom + at, scratch.lanes, products, i * VIRTUAL);
      }
      inverses(count, n, epsilon, scratch.lanes, scratch.inverses);
      slopes(count, n, scratch.lanesOfProducts, scratch.inverses, scratch.slopes);
      for (int i = 0; i < count; i++) {
        int at = i * n;
        int to = yOffset + row * n + at;
        bent(n, x, from + at, g, gFrom + at, scratch, i, y, to);
      }
    }
  }

  private static void slopes(int rows, int n, float[] lanes, float[] inverses, float[] slopes) {
    for (int i = 0; i < rows; i++) {
      float products = ScalarFloatReductions.sumOfLanes(lanes, i * VIRTUAL);
      slopes[i] = -inverses[i] * inverses[i] * (products / n);
    }
  }

  private static void bent(
      int n,
      float[] x,
      int from,
      float[] g,
      int gFrom,
      Scratch scratch,
      int row,
      float[] y,
      int to) {
    float mean = scratch.means[row];
    float gMean = scratch.gMeans[row];
    float slope = scratch.slopes[row];
    float inverse = scratch.inverses[row];
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    FloatVector gMeans = FloatVector.broadcast(SPECIES, gMean);
    FloatVector slopes = FloatVector.broadcast(SPECIES, slope);
    FloatVector inverses = FloatVector.broadcast(SPECIES, inverse);
    int whole = n - n % LANES;
    for (int i = 0; i < whole; i += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
      FloatVector d = FloatVector.fromArray(SPECIES, g, gFrom + i).sub(gMeans);
      c.fma(slopes, d).mul(inverses).intoArray(y, to + i);
    }
    for (int i = whole; i < n; i++) {
      y[to + i] = Math.fma(x[from + i] - mean, slope, g[gFrom + i] - gMean) * inverse;
    }
  }

  /** The sum of (x − mean)², in virtual lanes. */
  private static void squares(int n, float[] x, int from, float mean, float[] lanes, int to) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        FloatVector c = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
        sum = c.fma(c, sum);
      }
      sum.intoArray(lanes, to + lane);
    }
    for (int i = whole; i < n; i++) {
      float c = x[from + i] - mean;
      int lane = to + i - whole;
      lanes[lane] = Math.fma(c, c, lanes[lane]);
    }
  }

  /** The sums of (x − mean)² and of (x − mean)·g, in virtual lanes. */
  private static void squaresAndProducts(
      int n,
      float[] x,
      int from,
      float mean,
      float[] g,
      int gFrom,
      float[] lanes,
      float[] lanesOfProducts,
      int to) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector squares = FloatVector.zero(SPECIES);
      FloatVector products = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        FloatVector c = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
        squares = c.fma(c, squares);
        products = c.fma(FloatVector.fromArray(SPECIES, g, gFrom + i), products);
      }
      squares.intoArray(lanes, to + lane);
      products.intoArray(lanesOfProducts, to + lane);
    }
    for (int i = whole; i < n; i++) {
      float c = x[from + i] - mean;
      int lane = to + i - whole;
      lanes[lane] = Math.fma(c, c, lanes[lane]);
      lanesOfProducts[lane] = Math.fma(c, g[gFrom + i], lanesOfProducts[lane]);
    }
  }
}
