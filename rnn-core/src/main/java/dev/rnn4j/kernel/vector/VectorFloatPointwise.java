package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@link dev.rnn4j.kernel.Pointwise} for n of at least one vector, one small
 * method each: in a large method the JIT may leave vectors in memory.
 *
 * <p>The elements that fill no vector belong to a last one that overlaps its neighbour. It is
 * computed first, as y may be the place of an operand, and stored last.
 */
final class VectorFloatPointwise {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorFloatPointwise() {}

  static void negate(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = negate(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      negate(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector negate(FloatVector x) {
    return x.neg();
  }

  static void abs(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = abs(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      abs(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector abs(FloatVector x) {
    return x.abs();
  }

  static void sqrt(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = sqrt(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      sqrt(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector sqrt(FloatVector x) {
    return x.sqrt();
  }

  static void square(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = square(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      square(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector square(FloatVector x) {
    return x.mul(x);
  }

  static void reciprocal(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = reciprocal(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      reciprocal(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector reciprocal(FloatVector x) {
    return one().div(x);
  }

  static void relu(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = relu(load(a, aOffset + end));
    for (int i = 0; i < end; i += LANES) {
      relu(load(a, aOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector relu(FloatVector x) {
    return x.blend(0.0f, x.compare(VectorOperators.LE, 0.0f));
  }

  static void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = add(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      add(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector add(FloatVector x, FloatVector y) {
    return x.add(y);
  }

  static void subtract(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = subtract(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      subtract(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector subtract(FloatVector x, FloatVector y) {
    return x.sub(y);
  }

  static void multiply(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = multiply(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      multiply(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector multiply(FloatVector x, FloatVector y) {
    return x.mul(y);
  }

  static void divide(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = divide(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      divide(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector divide(FloatVector x, FloatVector y) {
    return x.div(y);
  }

  static void maximum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = maximum(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      maximum(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector maximum(FloatVector x, FloatVector y) {
    return x.max(y);
  }

  static void minimum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = minimum(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      minimum(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector minimum(FloatVector x, FloatVector y) {
    return x.min(y);
  }

  static void equal(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = equal(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      equal(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector equal(FloatVector x, FloatVector y) {
    return zero().blend(1.0f, x.compare(VectorOperators.EQ, y));
  }

  static void greater(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = greater(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      greater(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector greater(FloatVector x, FloatVector y) {
    return zero().blend(1.0f, x.compare(VectorOperators.GT, y));
  }

  static void greaterOrEqual(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = greaterOrEqual(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      greaterOrEqual(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector greaterOrEqual(FloatVector x, FloatVector y) {
    return zero().blend(1.0f, x.compare(VectorOperators.GE, y));
  }

  static void tanhGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = tanhGradient(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      tanhGradient(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector tanhGradient(FloatVector x, FloatVector y) {
    return x.neg().fma(x, one()).mul(y);
  }

  static void sigmoidGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = sigmoidGradient(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      sigmoidGradient(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector sigmoidGradient(FloatVector x, FloatVector y) {
    return x.mul(x.neg().add(1)).mul(y);
  }

  static void reluGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector last = reluGradient(load(a, aOffset + end), load(b, bOffset + end));
    for (int i = 0; i < end; i += LANES) {
      reluGradient(load(a, aOffset + i), load(b, bOffset + i)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector reluGradient(FloatVector x, FloatVector y) {
    return zero().blend(y, x.compare(VectorOperators.GT, 0.0f));
  }

  static void select(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    int end = n - LANES;
    FloatVector last =
        select(load(a, aOffset + end), load(b, bOffset + end), load(c, cOffset + end));
    for (int i = 0; i < end; i += LANES) {
      select(load(a, aOffset + i), load(b, bOffset + i), load(c, cOffset + i))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector select(FloatVector x, FloatVector y, FloatVector z) {
    return z.blend(y, x.compare(VectorOperators.NE, 0.0f));
  }

  static void fma(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    int end = n - LANES;
    FloatVector last = fma(load(a, aOffset + end), load(b, bOffset + end), load(c, cOffset + end));
    for (int i = 0; i < end; i += LANES) {
      fma(load(a, aOffset + i), load(b, bOffset + i), load(c, cOffset + i))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  private static FloatVector fma(FloatVector x, FloatVector y, FloatVector z) {
    return x.fma(y, z);
  }

  private static FloatVector load(float[] a, int offset) {
    return FloatVector.fromArray(SPECIES, a, offset);
  }

  private static FloatVector zero() {
    return FloatVector.zero(SPECIES);
  }

  private static FloatVector one() {
    return FloatVector.broadcast(SPECIES, 1.0f);
  }
}
