package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.ScalarFloatReductions;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/** Sums and largest values over an axis, where it or what is inside it fills a vector. */
final class VectorFloatReductions {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int VIRTUAL = ScalarFloatReductions.LANES;

  /** The length from which vectors are faster for neighbours. */
  private static final int LONG = 4 * VIRTUAL;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[VIRTUAL]);

  private VectorFloatReductions() {}

  static void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    float[] scratch = SCRATCH.get();
    for (int o = 0; o < outer; o++) {
      int from = xOffset + o * axis * inner;
      int to = yOffset + o * inner;
      if (inner == 1) {
        y[to] = sum(axis, x, from, scratch);
      } else {
        System.arraycopy(x, from, y, to, inner);
        for (int i = 1; i < axis; i++) {
          VectorFloatPointwise.add(inner, y, to, x, from + i * inner, y, to);
        }
      }
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

  /** Returns whether vectors are of use for these sizes. */
  static boolean fills(int axis, int inner) {
    return inner == 1 ? axis >= LONG : axis > 0 && inner >= LANES;
  }

  /** Returns the sum of n neighbours. */
  static float sum(int n, float[] x, int offset, float[] scratch) {
    int whole = n - n % VIRTUAL;
    for (int lane = 0; lane < VIRTUAL; lane += LANES) {
      FloatVector sum = FloatVector.zero(SPECIES);
      for (int i = lane; i < whole; i += VIRTUAL) {
        sum = sum.add(FloatVector.fromArray(SPECIES, x, offset + i));
      }
      sum.intoArray(scratch, lane);
    }
    for (int i = whole; i < n; i++) {
      scratch[i - whole] += x[offset + i];
    }
    return laneSum(scratch, 0);
  }

  /** Returns the sum of all virtual lanes; written out, as a loop takes twice as long. */
  static float laneSum(float[] lanes, int from) {
    float s0 = (lanes[from] + lanes[from + 8]) + (lanes[from + 4] + lanes[from + 12]);
    float s1 = (lanes[from + 1] + lanes[from + 9]) + (lanes[from + 5] + lanes[from + 13]);
    float s2 = (lanes[from + 2] + lanes[from + 10]) + (lanes[from + 6] + lanes[from + 14]);
    float s3 = (lanes[from + 3] + lanes[from + 11]) + (lanes[from + 7] + lanes[from + 15]);
    return (s0 + s2) + (s1 + s3);
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
