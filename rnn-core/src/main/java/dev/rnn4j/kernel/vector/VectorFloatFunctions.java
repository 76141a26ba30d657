package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.kernel.ScalarFloatPointwise;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * The loops of {@link dev.rnn4j.kernel.FloatFunctions}, step by step the same.
 *
 * <p>They repeat what they share, because the JIT stops inlining in methods of so many steps, and
 * what it does not inline gets its vectors through memory. The Vector API's own methods are exempt;
 * the few others are called early.
 */
final class VectorFloatFunctions {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();
  private static final int CHUNK = 512;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[CHUNK]);

  private VectorFloatFunctions() {}

  static void exp(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector z = x.blend(FloatBits.EXP_MAX, x.compare(GT, FloatBits.EXP_MAX));
      z = z.blend(FloatBits.EXP_MIN, z.compare(LT, FloatBits.EXP_MIN));
      FloatVector k = z.fma(FloatBits.LOG2_E, FloatBits.ROUND).sub(FloatBits.ROUND);
      FloatVector half = k.fma(0.5f, FloatBits.ROUND).sub(FloatBits.ROUND);
      VectorFloatBits.expMinusOne(z, k)
          .add(1)
          .mul(VectorFloatBits.powerOfTwo(half))
          .mul(VectorFloatBits.powerOfTwo(k.sub(half)))
          .intoArray(y, yOffset + i);
    }
    ScalarFloatPointwise.exp(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void log(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      VectorMask<Float> denormal = x.compare(LT, Float.MIN_NORMAL);
      FloatVector normal = x.blend(x.mul(FloatBits.DENORMAL_SCALE), denormal);
      FloatVector shift = FloatVector.zero(SPECIES).blend(FloatBits.DENORMAL_EXPONENT, denormal);
      FloatVector k = VectorFloatBits.exponent(normal).sub(shift);
      FloatVector f = VectorFloatBits.significand(normal).sub(1);
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector h = f.mul(0.5f).mul(f);
      FloatVector series = z.fma(VectorFloatBits.logTail(z), h);
      FloatVector tail = s.fma(series, k.mul(FloatBits.LN2_LOW));
      FloatVector ln2 = FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH);
      FloatVector log = k.fma(ln2, f.sub(h.sub(tail)));
      log = log.blend(x, x.compare(GT, Float.MAX_VALUE));
      log = log.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f));
      FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
      nan.blend(log, x.compare(GE, 0.0f)).intoArray(y, yOffset + i);
    }
    ScalarFloatPointwise.log(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void tanh(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector sign = VectorFloatBits.sign(x);
      FloatVector z = x.abs().mul(-2);
      z = z.blend(-FloatBits.TANH_MAX, z.compare(LT, -FloatBits.TANH_MAX));
      FloatVector k = z.fma(FloatBits.LOG2_E, FloatBits.ROUND).sub(FloatBits.ROUND);
      FloatVector scale = VectorFloatBits.powerOfTwo(k).neg();
      FloatVector p = VectorFloatBits.expMinusOne(z, k);
      FloatVector high = scale.add(1);
      FloatVector t = scale.fma(p, high);
      FloatVector tLow = scale.fma(p, high.sub(t));
      FloatVector two = FloatVector.broadcast(SPECIES, 2.0f);
      FloatVector d = two.sub(t);
      FloatVector dLow = two.sub(d).sub(t).sub(tLow);
      FloatVector inverse = FloatVector.broadcast(SPECIES, 1.0f).div(d);
      FloatVector q = t.mul(inverse);
      FloatVector rest = q.neg().fma(d, t).add(q.neg().fma(dLow, tLow));
      rest.fma(inverse, q).mul(sign).intoArray(y, yOffset + i);
    }
    ScalarFloatPointwise.tanh(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void sigmoid(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    for (int i = 0; i < end; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector z = x.abs().neg();
      z = z.blend(FloatBits.EXP_MIN, z.compare(LT, FloatBits.EXP_MIN));
      FloatVector k = z.fma(FloatBits.LOG2_E, FloatBits.ROUND).sub(FloatBits.ROUND);
      FloatVector half = k.fma(0.5f, FloatBits.ROUND).sub(FloatBits.ROUND);
      FloatVector e =
          VectorFloatBits.expMinusOne(z, k)
              .add(1)
              .mul(VectorFloatBits.powerOfTwo(half))
              .mul(VectorFloatBits.powerOfTwo(k.sub(half)));
      FloatVector numerator = e.blend(1.0f, x.compare(GE, 0.0f));
      FloatVector d = e.add(1);
      FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
      FloatVector dLow = one.sub(d).add(e);
      FloatVector inverse = one.div(d);
      FloatVector q = numerator.mul(inverse);
      FloatVector rest = q.neg().fma(d, numerator).sub(q.mul(dLow));
      rest.fma(inverse, q).intoArray(y, yOffset + i);
    }
    ScalarFloatPointwise.sigmoid(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void softplus(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    float[] e = SCRATCH.get();
    for (int i = 0; i < end; i += CHUNK) {
      int count = Math.min(CHUNK, end - i);
      expOfMinusAbs(count, a, aOffset + i, e);
      softplus(count, a, aOffset + i, e, y, yOffset + i);
    }
    ScalarFloatPointwise.softplus(n - end, a, aOffset + end, y, yOffset + end);
  }

  private static void expOfMinusAbs(int n, float[] a, int aOffset, float[] e) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector.fromArray(SPECIES, a, aOffset + i).abs().neg().intoArray(e, i);
    }
    exp(n, e, 0, e, 0);
  }

  private static void softplus(int n, float[] a, int aOffset, float[] exp, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, exp, i);
      VectorMask<Float> large = e.compare(GT, FloatBits.SQRT2_MINUS_ONE);
      FloatVector k = FloatVector.zero(SPECIES).blend(1.0f, large);
      FloatVector f = e.blend(e.sub(1).mul(0.5f), large);
      FloatVector s = f.div(f.add(2));
      FloatVector z = s.mul(s);
      FloatVector h = f.mul(0.5f).mul(f);
      FloatVector series = z.fma(VectorFloatBits.logTail(z), h);
      FloatVector tail = s.fma(series, k.mul(FloatBits.LN2_LOW));
      FloatVector ln2 = FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH);
      FloatVector log = k.fma(ln2, f.sub(h.sub(tail)));
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      x.blend(0.0f, x.compare(LE, 0.0f)).add(log).intoArray(y, yOffset + i);
    }
  }
}
