package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatReductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Normalisation of rows, of as many elements as there are virtual lanes or more. */
final class VectorFloatNorms {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int VIRTUAL = ScalarFloatReductions.LANES;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[2 * VIRTUAL]);

  private VectorFloatNorms() {}

  static void normalize(
      int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset) {
    float[] scratch = SCRATCH.get();
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * n;
      float mean = VectorFloatReductions.sum(n, x, from, scratch) / n;
      float variance = squares(n, x, from, mean, scratch) / n;
      float inverse = 1 / (float) Math.sqrt(variance + epsilon);
      scaled(n, x, from, mean, inverse, y, yOffset + row * n);
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
    float[] scratch = SCRATCH.get();
    for (int row = 0; row < rows; row++) {
      int from = xOffset + row * n;
      int gFrom = gOffset + row * n;
      float mean = VectorFloatReductions.sum(n, x, from, scratch) / n;
      float gMean = VectorFloatReductions.sum(n, g, gFrom, scratch) / n;
      float variance = squaresAndProducts(n, x, from, mean, g, gFrom, scratch) / n;
      float inverse = 1 / (float) Math.sqrt(variance + epsilon);
      float products = ScalarFloatReductions.sumOfLanes(scratch, VIRTUAL);
      float slope = -inverse * inverse * (products / n);
      bent(n, x, from, mean, g, gFrom, gMean, slope, inverse, y, yOffset + row * n);
    }
  }

  private static void bent(
      int n,
      float[] x,
      int from,
      float mean,
      float[] g,
      int gFrom,
      float gMean,
      float slope,
      float inverse,
      float[] y,
      int to) {
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

  /** Returns the sum of (x − mean)². */
  private static float squares(int n, float[] x, int from, float mean, float[] scratch) {
    FloatVector means = FloatVector.broadcast(SPECIES, mean);
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        FloatVector c = FloatVector.fromArray(SPECIES, x, from + i).sub(means);
        sum = c.fma(c, sum);
      }
      sum.intoArray(scratch, lane);
    }
    for (int i = whole; i < n; i++) {
      float c = x[from + i] - mean;
      scratch[i - whole] = Math.fma(c, c, scratch[i - whole]);
    }
    return ScalarFloatReductions.sumOfLanes(scratch, 0);
  }

  /** Returns the sum of (x − mean)², and leaves the lanes of (x − mean)·g in the scratch. */
  private static float squaresAndProducts(
      int n, float[] x, int from, float mean, float[] g, int gFrom, float[] scratch) {
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
      squares.intoArray(scratch, lane);
      products.intoArray(scratch, VIRTUAL + lane);
    }
    for (int i = whole; i < n; i++) {
      float c = x[from + i] - mean;
      int lane = i - whole;
      scratch[lane] = Math.fma(c, c, scratch[lane]);
      scratch[VIRTUAL + lane] = Math.fma(c, g[gFrom + i], scratch[VIRTUAL + lane]);
    }
    return ScalarFloatReductions.sumOfLanes(scratch, 0);
  }
}
