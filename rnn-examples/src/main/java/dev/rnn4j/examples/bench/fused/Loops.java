package dev.rnn4j.examples.bench.fused;

import static jdk.incubator.vector.VectorOperators.ADD;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The elementwise loops that cells share. All places are in one array, and all sizes are whole
 * vectors.
 */
final class Loops {
  static final VectorSpecies<Float> SPECIES = FloatVector.SPECIES_PREFERRED;
  static final int LANES = SPECIES.length();

  private static final float LOG2_E = 1.442695f;

  /** Two to more than this, or to less than minus it, is infinite or 0 in float32. */
  private static final float LIMIT = 126;

  /** Adding it leaves a whole number, and its biased exponent in the lowest bits. */
  private static final float ROUND = 0x1.8p23f + 127;

  private static final int EXPONENT_SHIFT = 23;

  /** The coefficients of 2^r between −½ and ½, fitted for the smallest relative error: 1e-7. */
  private static final float P1 = 0.693147f;

  private static final float P2 = 0.24022242f;
  private static final float P3 = 0.055507336f;
  private static final float P4 = 0.009671513f;
  private static final float P5 = 0.0013264725f;

  private Loops() {}

  /** Returns a size rounded up to whole vectors. */
  static int padded(int size) {
    return (size + LANES - 1) / LANES * LANES;
  }

  /** a[z] = σ(a[z] + a[bias]). */
  static void sigmoid(int n, float[] a, int z, int bias) {
    squash(n, a, z, bias, z, -LOG2_E, 1, 0);
  }

  /** a[z] = tanh(a[z] + a[bias]). */
  static void tanh(int n, float[] a, int z, int bias) {
    squash(n, a, z, bias, z, -2 * LOG2_E, 2, -1);
  }

  /** a[y] = scale / (1 + 2^(factor·(a[x] + a[bias]))) + shift. */
  private static void squash(
      int n, float[] a, int x, int bias, int y, float factor, float scale, float shift) {
    FloatVector offset = FloatVector.broadcast(SPECIES, shift);
    FloatVector times = FloatVector.broadcast(SPECIES, scale);
    for (int i = 0; i < n; i += LANES) {
      FloatVector s = FloatVector.fromArray(SPECIES, a, x + i);
      FloatVector v = s.add(FloatVector.fromArray(SPECIES, a, bias + i)).mul(factor);
      v = v.min(LIMIT).max(-LIMIT);
      FloatVector k = v.add(ROUND);
      FloatVector r = v.sub(k.sub(ROUND));
      FloatVector p = r.fma(P5, P4);
      p = p.lanewise(FMA, r, P3);
      p = p.lanewise(FMA, r, P2);
      p = p.lanewise(FMA, r, P1);
      p = p.lanewise(FMA, r, 1.0f);
      var power = k.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector d = p.lanewise(FMA, power, 1.0f);
      times.div(d).add(offset).intoArray(a, y + i);
    }
  }

  /** a[y] = tanh(a[x]). */
  static void tanhOf(int n, float[] a, int x, int y) {
    FloatVector offset = FloatVector.broadcast(SPECIES, -1);
    FloatVector two = FloatVector.broadcast(SPECIES, 2);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, x + i).mul(-2 * LOG2_E);
      v = v.min(LIMIT).max(-LIMIT);
      FloatVector k = v.add(ROUND);
      FloatVector r = v.sub(k.sub(ROUND));
      FloatVector p = r.fma(P5, P4);
      p = p.lanewise(FMA, r, P3);
      p = p.lanewise(FMA, r, P2);
      p = p.lanewise(FMA, r, P1);
      p = p.lanewise(FMA, r, 1.0f);
      var power = k.reinterpretAsInts().lanewise(LSHL, EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector d = p.lanewise(FMA, power, 1.0f);
      two.div(d).add(offset).intoArray(a, y + i);
    }
  }

  /** Returns Σ a[x]². */
  static float sumOfSquares(int n, float[] a, int x) {
    FloatVector sum = FloatVector.zero(SPECIES);
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, x + i);
      sum = v.fma(v, sum);
    }
    return sum.reduceLanes(ADD);
  }

  /** a[sums] [width] += the rows of a[x] [rows, width]. */
  static void addRows(int rows, int width, float[] a, int x, int sums) {
    for (int j = 0; j < width; j += LANES) {
      FloatVector sum = FloatVector.fromArray(SPECIES, a, sums + j);
      int at = x + j;
      for (int row = 0; row < rows; row++) {
        sum = sum.add(FloatVector.fromArray(SPECIES, a, at));
        at += width;
      }
      sum.intoArray(a, sums + j);
    }
  }

  /** a[y] += factor·a[x]. */
  static void addScaled(int n, float[] a, int y, float factor, int x) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, x + i);
      FloatVector sum = FloatVector.fromArray(SPECIES, a, y + i);
      v.lanewise(FMA, factor, sum).intoArray(a, y + i);
    }
  }
}
