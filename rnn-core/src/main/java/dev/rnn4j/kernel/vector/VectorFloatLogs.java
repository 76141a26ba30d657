package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.rnn4j.kernel.FloatBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/** The loops of {@link VectorFloatFunctions} that make logarithms. */
final class VectorFloatLogs {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  private VectorFloatLogs() {}

  /** From x, the exponent k and, as second, f with x = (1 + f)·2ᵏ. */
  static void splitExponent(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      VectorMask<Float> denormal = x.compare(LT, Float.MIN_NORMAL);
      FloatVector normal = x.blend(x.mul(FloatBits.DENORMAL_SCALE), denormal);
      FloatVector shift = FloatVector.zero(SPECIES).blend(FloatBits.DENORMAL_EXPONENT, denormal);
      var lifted = normal.reinterpretAsInts().add(FloatBits.LIFT);
      var exponent = lifted.lanewise(LSHR, FloatBits.EXPONENT_SHIFT);
      var whole = exponent.lanewise(OR, FloatBits.INTEGER_BITS);
      var significand = lifted.lanewise(AND, FloatBits.SIGNIFICAND_MASK).add(FloatBits.SQRT_HALF);
      whole.reinterpretAsFloats().sub(FloatBits.INTEGER).sub(shift).intoArray(s, i);
      significand.reinterpretAsFloats().sub(1).intoArray(s, VectorFloatFunctions.SECOND + i);
    }
  }

  /** From e between 0 and 1, the exponent k and, as second, f with 1 + e = (1 + f)·2ᵏ. */
  static void splitOnePlus(int n, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, s, i);
      VectorMask<Float> large = e.compare(GT, FloatBits.SQRT2_MINUS_ONE);
      FloatVector.zero(SPECIES).blend(1.0f, large).intoArray(s, i);
      e.blend(e.sub(1).mul(0.5f), large).intoArray(s, VectorFloatFunctions.SECOND + i);
    }
  }

  /** s = k·ln 2 + ln(1 + f). */
  static void finishLog(int n, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector k = FloatVector.fromArray(SPECIES, s, i);
      FloatVector f = FloatVector.fromArray(SPECIES, s, VectorFloatFunctions.SECOND + i);
      FloatVector q = f.div(f.add(2));
      FloatVector z = q.mul(q);
      FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.L2);
      if (FloatBits.LONG_SERIES) {
        p = z.fma(FloatBits.L6, FloatBits.L5);
        p = p.lanewise(FMA, z, FloatBits.L4);
        p = p.lanewise(FMA, z, FloatBits.L3);
        p = p.lanewise(FMA, z, FloatBits.L2);
      }
      p = p.lanewise(FMA, z, FloatBits.L1);
      p = p.lanewise(FMA, z, FloatBits.L0);
      FloatVector h = f.mul(0.5f).mul(f);
      FloatVector tail = q.fma(z.fma(p, h), k.mul(FloatBits.LN2_LOW));
      FloatVector ln2 = FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH);
      k.fma(ln2, f.sub(h.sub(tail))).intoArray(s, i);
    }
  }

  /** y = s, but for infinity, 0, and what has no logarithm. */
  static void selectLog(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector log = FloatVector.fromArray(SPECIES, s, i);
      log = log.blend(x, x.compare(GT, Float.MAX_VALUE));
      log = log.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f));
      FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
      nan.blend(log, x.compare(GE, 0.0f)).intoArray(y, yOffset + i);
    }
  }

  /** y = max(x, 0) + s. */
  static void addRelu(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector relu = x.blend(0.0f, x.compare(LE, 0.0f));
      relu.add(FloatVector.fromArray(SPECIES, s, i)).intoArray(y, yOffset + i);
    }
  }
}
