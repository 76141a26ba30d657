package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.LSHR;
import static jdk.incubator.vector.VectorOperators.LT;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.kernel.ScalarFloatPointwise;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorSpecies;

/**
 * {@link dev.rnn4j.kernel.FloatFunctions}, step by step the same, as loops for whole arrays.
 *
 * <p>A function is a few loops, one after the other over chunks that stay in the cache, and shares
 * them with the others. All in one loop, its steps would be too many for the JIT, which then stops
 * inlining and allocates the vectors that it passes. That the loops are called through an interface
 * keeps the JIT from making them one again.
 */
final class VectorFloatFunctions {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;
  private static final int LANES = SPECIES.length();

  /** The elements that go through the loops together. */
  private static final int CHUNK = 512;

  /** Where the second row of the scratch begins: not at a power of two, which caches dislike. */
  private static final int SECOND = CHUNK + 48;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[SECOND + CHUNK]);

  /** One of the loops: from a and the scratch to the scratch or y. */
  private interface Stage {
    void run(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset);
  }

  private static final Stage[] EXP = {
    VectorFloatFunctions::clamp, VectorFloatFunctions::reduceExp, VectorFloatFunctions::finishExp
  };

  private static final Stage[] LOG = {
    VectorFloatFunctions::splitExponent,
    VectorFloatFunctions::finishLog,
    VectorFloatFunctions::selectLog
  };

  private static final Stage[] TANH = {
    (n, a, aOffset, s, y, yOffset) -> clampAbs(n, -2, -FloatBits.TANH_MAX, a, aOffset, s),
    VectorFloatFunctions::reduceExp,
    VectorFloatFunctions::finishTanh
  };

  private static final Stage[] SIGMOID = {
    VectorFloatFunctions::clampMinusAbs,
    VectorFloatFunctions::reduceExp,
    VectorFloatFunctions::finishSigmoid
  };

  private static final Stage[] SOFTPLUS = {
    VectorFloatFunctions::clampMinusAbs,
    VectorFloatFunctions::reduceExp,
    (n, a, aOffset, s, y, yOffset) -> finishExp(n, a, aOffset, s, s, 0),
    VectorFloatFunctions::splitOnePlus,
    VectorFloatFunctions::finishLog,
    VectorFloatFunctions::addRelu
  };

  private VectorFloatFunctions() {}

  static void exp(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    run(EXP, end, a, aOffset, y, yOffset);
    ScalarFloatPointwise.exp(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void log(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    run(LOG, end, a, aOffset, y, yOffset);
    ScalarFloatPointwise.log(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void tanh(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    run(TANH, end, a, aOffset, y, yOffset);
    ScalarFloatPointwise.tanh(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void sigmoid(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    run(SIGMOID, end, a, aOffset, y, yOffset);
    ScalarFloatPointwise.sigmoid(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void softplus(int n, float[] a, int aOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    run(SOFTPLUS, end, a, aOffset, y, yOffset);
    ScalarFloatPointwise.softplus(n - end, a, aOffset + end, y, yOffset + end);
  }

  static void tanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    runOfSum(TANH, end, a, aOffset, b, bOffset, y, yOffset);
    ScalarFloatPointwise.tanhOfSum(n - end, a, aOffset + end, b, bOffset + end, y, yOffset + end);
  }

  static void sigmoidOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    int end = n - n % LANES;
    runOfSum(SIGMOID, end, a, aOffset, b, bOffset, y, yOffset);
    ScalarFloatPointwise.sigmoidOfSum(
        n - end, a, aOffset + end, b, bOffset + end, y, yOffset + end);
  }

  private static void run(Stage[] stages, int n, float[] a, int aOffset, float[] y, int yOffset) {
    float[] s = SCRATCH.get();
    int i = 0;
    do {
      int count = Math.min(CHUNK, n - i);
      for (Stage stage : stages) {
        stage.run(count, a, aOffset + i, s, y, yOffset + i);
      }
      i += CHUNK;
    } while (i < n);
  }

  /** y = the stages' function of a + b; until it is there, the sum stands in its place. */
  private static void runOfSum(
      Stage[] stages,
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    float[] s = SCRATCH.get();
    int i = 0;
    do {
      int count = Math.min(CHUNK, n - i);
      add(count, a, aOffset + i, b, bOffset + i, y, yOffset + i);
      for (Stage stage : stages) {
        stage.run(count, y, yOffset + i, s, y, yOffset + i);
      }
      i += CHUNK;
    } while (i < n);
  }

  private static void add(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector u = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector v = FloatVector.fromArray(SPECIES, b, bOffset + i);
      u.add(v).intoArray(y, yOffset + i);
    }
  }

  /** s = x within the limits of exp. */
  private static void clamp(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector z = x.blend(FloatBits.EXP_MAX, x.compare(GT, FloatBits.EXP_MAX));
      z.blend(FloatBits.EXP_MIN, z.compare(LT, FloatBits.EXP_MIN)).intoArray(s, i);
    }
  }

  /** s = −|x| within the limits of exp. */
  private static void clampMinusAbs(
      int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    clampAbs(n, -1, FloatBits.EXP_MIN, a, aOffset, s);
  }

  /** s = factor·|x|, at least {@code least}. */
  private static void clampAbs(
      int n, float factor, float least, float[] a, int aOffset, float[] s) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, a, aOffset + i).abs().mul(factor);
      z.blend(least, z.compare(LT, least)).intoArray(s, i);
    }
  }

  /** From z, the whole number k nearest to z / ln 2 and, as second, p = e^(z − k·ln 2) − 1. */
  private static void reduceExp(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector z = FloatVector.fromArray(SPECIES, s, i);
      FloatVector k = z.fma(FloatBits.LOG2_E, FloatBits.ROUND).sub(FloatBits.ROUND);
      FloatVector high = k.fma(FloatVector.broadcast(SPECIES, -FloatBits.LN2_HIGH), z);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -FloatBits.LN2_LOW), high);
      FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.E4);
      if (FloatBits.LONG_SERIES) {
        p = r.fma(FloatBits.E9, FloatBits.E8);
        p = p.lanewise(FMA, r, FloatBits.E7);
        p = p.lanewise(FMA, r, FloatBits.E6);
        p = p.lanewise(FMA, r, FloatBits.E5);
        p = p.lanewise(FMA, r, FloatBits.E4);
      }
      p = p.lanewise(FMA, r, FloatBits.E3);
      p = p.lanewise(FMA, r, FloatBits.E2);
      p = p.lanewise(FMA, r, FloatBits.E1);
      p = p.lanewise(FMA, r, FloatBits.E0);
      k.intoArray(s, i);
      r.mul(r).fma(p, r).intoArray(s, SECOND + i);
    }
  }

  /** y = (p + 1)·2ᵏ. */
  private static void finishExp(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector k = FloatVector.fromArray(SPECIES, s, i);
      FloatVector half = k.fma(0.5f, FloatBits.ROUND).sub(FloatBits.ROUND);
      var bits1 = half.add(FloatBits.BIAS).reinterpretAsInts();
      var bits2 = k.sub(half).add(FloatBits.BIAS).reinterpretAsInts();
      FloatVector scale1 = bits1.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector scale2 = bits2.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector p = FloatVector.fromArray(SPECIES, s, SECOND + i);
      p.add(1).mul(scale1).mul(scale2).intoArray(y, yOffset + i);
    }
  }

  private static void finishTanh(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      var bits = FloatVector.fromArray(SPECIES, s, i).add(FloatBits.BIAS).reinterpretAsInts();
      var power = bits.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector p = FloatVector.fromArray(SPECIES, s, SECOND + i);
      FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
      FloatVector t = power.neg().fma(p, one.sub(power));
      var q = t.div(power.fma(p, one.add(power))).reinterpretAsInts();
      var x = FloatVector.fromArray(SPECIES, a, aOffset + i).reinterpretAsInts();
      var signed = q.lanewise(OR, x.lanewise(AND, FloatBits.SIGN_MASK));
      signed.reinterpretAsFloats().intoArray(y, yOffset + i);
    }
  }

  private static void finishSigmoid(
      int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector k = FloatVector.fromArray(SPECIES, s, i);
      FloatVector p = FloatVector.fromArray(SPECIES, s, SECOND + i);
      VectorMask<Float> low = k.compare(LT, FloatBits.NORMAL_EXPONENT);
      FloatVector normal = k.blend(FloatBits.NORMAL_EXPONENT, low);
      var bits1 = normal.add(FloatBits.BIAS).reinterpretAsInts();
      var bits2 = k.sub(normal).add(FloatBits.BIAS).reinterpretAsInts();
      FloatVector power = bits1.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector power2 = bits2.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector high = power.add(1);
      FloatVector d = power.fma(p, high);
      FloatVector inverse = FloatVector.broadcast(SPECIES, 1.0f).div(d);
      FloatVector rounded = power.fma(p, high.sub(d));
      FloatVector scale = power.mul(inverse);
      FloatVector tail = inverse.neg().fma(rounded, p).fma(scale, scale).mul(power2);
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      tail.blend(inverse, x.compare(GE, 0.0f)).intoArray(y, yOffset + i);
    }
  }

  /** From x, the exponent k and, as second, f with x = (1 + f)·2ᵏ. */
  private static void splitExponent(
      int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      VectorMask<Float> denormal = x.compare(LT, Float.MIN_NORMAL);
      FloatVector normal = x.blend(x.mul(FloatBits.DENORMAL_SCALE), denormal);
      FloatVector shift = FloatVector.zero(SPECIES).blend(FloatBits.DENORMAL_EXPONENT, denormal);
      var lifted = normal.reinterpretAsInts().add(FloatBits.LIFT);
      var exponent = lifted.lanewise(LSHR, FloatBits.EXPONENT_SHIFT);
      var whole = exponent.lanewise(OR, FloatBits.INTEGER_BITS);
      var significand = lifted.lanewise(AND, FloatBits.SIGNIFICAND_MASK).add(FloatBits.SQRT_HALF);
      whole.reinterpretAsFloats().sub(FloatBits.INTEGER).sub(shift).intoArray(s, i);
      significand.reinterpretAsFloats().sub(1).intoArray(s, SECOND + i);
    }
  }

  /** From e between 0 and 1, the exponent k and, as second, f with 1 + e = (1 + f)·2ᵏ. */
  private static void splitOnePlus(
      int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, s, i);
      VectorMask<Float> large = e.compare(GT, FloatBits.SQRT2_MINUS_ONE);
      FloatVector.zero(SPECIES).blend(1.0f, large).intoArray(s, i);
      e.blend(e.sub(1).mul(0.5f), large).intoArray(s, SECOND + i);
    }
  }

  /** s = k·ln 2 + ln(1 + f). */
  private static void finishLog(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector k = FloatVector.fromArray(SPECIES, s, i);
      FloatVector f = FloatVector.fromArray(SPECIES, s, SECOND + i);
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
  private static void selectLog(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector log = FloatVector.fromArray(SPECIES, s, i);
      log = log.blend(x, x.compare(GT, Float.MAX_VALUE));
      log = log.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f));
      FloatVector nan = FloatVector.broadcast(SPECIES, Float.NaN);
      nan.blend(log, x.compare(GE, 0.0f)).intoArray(y, yOffset + i);
    }
  }

  /** y = max(x, 0) + s. */
  private static void addRelu(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i < n; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector relu = x.blend(0.0f, x.compare(LE, 0.0f));
      relu.add(FloatVector.fromArray(SPECIES, s, i)).intoArray(y, yOffset + i);
    }
  }
}
