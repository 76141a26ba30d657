package dev.rnn4j.kernel.vector;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * The vector loops of {@link dev.rnn4j.kernel.Pointwise} for n of at least one vector, one small
 * method each, of nothing but calls of the Vector API: in large methods the JIT stops inlining
 * anything else, and passes vectors through memory.
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = lastA.neg();
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      u.neg().intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void abs(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = lastA.abs();
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      u.abs().intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void sqrt(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = lastA.sqrt();
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      u.sqrt().intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void square(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = lastA.mul(lastA);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      u.mul(u).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void reciprocal(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = FloatVector.broadcast(SPECIES, 1.0f).div(lastA);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector.broadcast(SPECIES, 1.0f).div(u).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void relu(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector last = lastA.blend(0.0f, lastA.compare(VectorOperators.LE, 0.0f));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      u.blend(0.0f, u.compare(VectorOperators.LE, 0.0f)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void add(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.add(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.add(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void subtract(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.sub(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.sub(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void multiply(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.mul(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.mul(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void divide(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.div(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.div(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void maximum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.max(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.max(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void minimum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.min(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.min(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void equal(int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last =
        FloatVector.zero(SPECIES).blend(1.0f, lastA.compare(VectorOperators.EQ, lastB));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector.zero(SPECIES)
          .blend(1.0f, u.compare(VectorOperators.EQ, v))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void greater(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last =
        FloatVector.zero(SPECIES).blend(1.0f, lastA.compare(VectorOperators.GT, lastB));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector.zero(SPECIES)
          .blend(1.0f, u.compare(VectorOperators.GT, v))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void greaterOrEqual(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last =
        FloatVector.zero(SPECIES).blend(1.0f, lastA.compare(VectorOperators.GE, lastB));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector.zero(SPECIES)
          .blend(1.0f, u.compare(VectorOperators.GE, v))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void tanhGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.neg().fma(lastA, FloatVector.broadcast(SPECIES, 1.0f)).mul(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.neg().fma(u, FloatVector.broadcast(SPECIES, 1.0f)).mul(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void sigmoidGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last = lastA.mul(lastA.neg().add(1)).mul(lastB);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.mul(u.neg().add(1)).mul(v).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void reluGradient(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - LANES;
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector last =
        lastA
            .blend(0.0f, lastA.compare(VectorOperators.LE, 0.0f))
            .blend(lastB, lastA.compare(VectorOperators.GT, 0.0f));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.blend(0.0f, u.compare(VectorOperators.LE, 0.0f))
          .blend(v, u.compare(VectorOperators.GT, 0.0f))
          .intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector lastC = FloatVector.fromArray(SPECIES, c, cOffset + end);
    FloatVector last = lastC.blend(lastB, lastA.compare(VectorOperators.NE, 0.0f));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector w = FloatVector.fromArray(SPECIES, c, cOffset + i);
      w.blend(v, u.compare(VectorOperators.NE, 0.0f)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector lastC = FloatVector.fromArray(SPECIES, c, cOffset + end);
    FloatVector last = lastA.fma(lastB, lastC);
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector w = FloatVector.fromArray(SPECIES, c, cOffset + i);
      u.fma(v, w).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void addProduct(
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector lastC = FloatVector.fromArray(SPECIES, c, cOffset + end);
    FloatVector last = lastA.add(lastB.mul(lastC));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector w = FloatVector.fromArray(SPECIES, c, cOffset + i);
      u.add(v.mul(w)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void tanhGradientOfProduct(
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector lastC = FloatVector.fromArray(SPECIES, c, cOffset + end);
    FloatVector last =
        lastA.neg().fma(lastA, FloatVector.broadcast(SPECIES, 1.0f)).mul(lastB.mul(lastC));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector w = FloatVector.fromArray(SPECIES, c, cOffset + i);
      u.neg().fma(u, FloatVector.broadcast(SPECIES, 1.0f)).mul(v.mul(w)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }

  static void sigmoidGradientOfProduct(
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
    FloatVector lastA = FloatVector.fromArray(SPECIES, a, aOffset + end);
    FloatVector lastB = FloatVector.fromArray(SPECIES, b, bOffset + end);
    FloatVector lastC = FloatVector.fromArray(SPECIES, c, cOffset + end);
    FloatVector last = lastA.mul(lastA.neg().add(1)).mul(lastB.mul(lastC));
    for (int i = 0; i < end; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      FloatVector w = FloatVector.fromArray(SPECIES, c, cOffset + i);
      u.mul(u.neg().add(1)).mul(v.mul(w)).intoArray(y, yOffset + i);
    }
    last.intoArray(y, yOffset + end);
  }
}
