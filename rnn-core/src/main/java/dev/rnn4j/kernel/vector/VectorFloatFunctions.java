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
 * {@link dev.rnn4j.kernel.FloatFunctions} as loops for whole arrays, of steps with the same bits.
 *
 * <p>A function is a few loops, one after the other over chunks that stay in the cache; the last is
 * for elements that fill no vector. All in one loop, its steps would be too many for the JIT, which
 * then stops inlining and allocates the vectors that it passes. That the loops are called through
 * an interface, of which every function has three forms or more, keeps the JIT from making them one
 * again.
 *
 * <p>Limits are set by integer operations on bits, which have the order of the numbers: a JIT
 * without registers for masks needs twice as long for a comparison and a choice.
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

  /** One of the loops: from a, b and the scratch to the scratch or y. */
  private interface Stage {
    void run(
        int n, float[] a, int aOffset, float[] b, int bOffset, float[] s, float[] y, int yOffset);
  }

  private static final Stage FINISH_SIGMOID = (n, a, i, b, j, s, y, k) -> finishSigmoid(n, s, y, k);

  private static final Stage[] EXP = {
    (n, a, i, b, j, s, y, k) -> reduceExp(n, a, i, s),
    (n, a, i, b, j, s, y, k) -> finishExp(n, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.exp(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] LOG = {
    (n, a, i, b, j, s, y, k) -> splitExponent(n, a, i, s),
    (n, a, i, b, j, s, y, k) -> finishLog(n, s),
    (n, a, i, b, j, s, y, k) -> selectLog(n, a, i, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.log(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] TANH = {
    (n, a, i, b, j, s, y, k) -> reduceTanh(n, a, i, s),
    (n, a, i, b, j, s, y, k) -> finishTanh(n, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.tanh(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] TANH_OF_SUM = {
    (n, a, i, b, j, s, y, k) -> reduceTanhOfSum(n, a, i, b, j, s),
    (n, a, i, b, j, s, y, k) -> finishTanh(n, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.tanhOfSum(
            n % LANES, a, i + n - n % LANES, b, j + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] SIGMOID = {
    (n, a, i, b, j, s, y, k) -> reduceSigmoid(n, a, i, s),
    FINISH_SIGMOID,
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.sigmoid(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] SIGMOID_OF_SUM = {
    (n, a, i, b, j, s, y, k) -> reduceSigmoidOfSum(n, a, i, b, j, s),
    FINISH_SIGMOID,
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.sigmoidOfSum(
            n % LANES, a, i + n - n % LANES, b, j + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] SOFTPLUS = {
    (n, a, i, b, j, s, y, k) -> reduceExpMinusAbs(n, a, i, s),
    (n, a, i, b, j, s, y, k) -> finishExp(n, s, s, 0),
    (n, a, i, b, j, s, y, k) -> splitOnePlus(n, s),
    (n, a, i, b, j, s, y, k) -> finishLog(n, s),
    (n, a, i, b, j, s, y, k) -> addRelu(n, a, i, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.softplus(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private VectorFloatFunctions() {}

  static void exp(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(EXP, n, a, aOffset, null, 0, y, yOffset);
  }

  static void log(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(LOG, n, a, aOffset, null, 0, y, yOffset);
  }

  static void tanh(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(TANH, n, a, aOffset, null, 0, y, yOffset);
  }

  static void tanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    run(TANH_OF_SUM, n, a, aOffset, b, bOffset, y, yOffset);
  }

  static void sigmoid(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(SIGMOID, n, a, aOffset, null, 0, y, yOffset);
  }

  static void sigmoidOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] y, int yOffset) {
    run(SIGMOID_OF_SUM, n, a, aOffset, b, bOffset, y, yOffset);
  }

  static void softplus(int n, float[] a, int aOffset, float[] y, int yOffset) {
    run(SOFTPLUS, n, a, aOffset, null, 0, y, yOffset);
  }

  private static void run(
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
      for (Stage stage : stages) {
        stage.run(count, a, aOffset + i, b, bOffset + i, s, y, yOffset + i);
      }
      i += CHUNK;
    } while (i < n);
  }

  private static void reduceExp(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      reduce(atMost(-FloatBits.EXP_MIN, x.neg()), s, i);
    }
  }

  private static void reduceExpMinusAbs(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      reduce(atMost(-FloatBits.EXP_MIN, x.abs()), s, i);
    }
  }

  private static void reduceTanh(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      reduceTanh(x, s, i);
    }
  }

  private static void reduceTanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      x = x.add(FloatVector.fromArray(SPECIES, b, bOffset + i));
      reduceTanh(x, s, i);
    }
  }

  private static void reduceSigmoid(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      reduce(atMost(FloatBits.VANISHING, x), s, i);
    }
  }

  private static void reduceSigmoidOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      x = x.add(FloatVector.fromArray(SPECIES, b, bOffset + i));
      reduce(atMost(FloatBits.VANISHING, x), s, i);
    }
  }

  /** Returns the smaller of x and a positive limit; NaN stays NaN. */
  private static FloatVector atMost(float limit, FloatVector x) {
    var most = FloatVector.broadcast(SPECIES, limit).reinterpretAsInts().add(FloatBits.OVER);
    var over = x.reinterpretAsInts().add(FloatBits.OVER).min(most);
    return over.sub(FloatBits.OVER).reinterpretAsFloats();
  }

  /**
   * From z, for e⁻ᶻ = 2ᵏ·(1 − q): the sum of k and SMALL_BIAS and, as second, q. k is the whole
   * number nearest to −z / ln 2, but none whose power of two is infinite: then 1 − q is larger
   * instead, and all as large as it needs to be.
   */
  private static void reduce(FloatVector z, float[] s, int i) {
    var bits = z.fma(-FloatBits.LOG2_E, FloatBits.SMALL_BIAS).reinterpretAsInts();
    FloatVector sum = bits.min(FloatBits.LARGEST_SUM).reinterpretAsFloats();
    sum.intoArray(s, i);
    oneMinusExp(z, sum.sub(FloatBits.SMALL_BIAS)).intoArray(s, SECOND + i);
  }

  /** From x, for z = 2·|x|: the sum of k and TWICE_BIAS, with the sign of x, and q. */
  private static void reduceTanh(FloatVector x, float[] s, int i) {
    FloatVector abs = x.abs();
    FloatVector z = atMost(FloatBits.VANISHING, abs.add(abs));
    FloatVector sum = z.fma(-FloatBits.LOG2_E, FloatBits.TWICE_BIAS);
    var sign = x.reinterpretAsInts().lanewise(AND, FloatBits.SIGN_MASK);
    sum.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats().intoArray(s, i);
    oneMinusExp(z, sum.sub(FloatBits.TWICE_BIAS)).intoArray(s, SECOND + i);
  }

  /** Returns q. */
  private static FloatVector oneMinusExp(FloatVector z, FloatVector k) {
    FloatVector high = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH), z);
    FloatVector r = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_LOW), high);
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
    return r.mul(r).fma(p, r);
  }

  /** y = (1 − q)·2ᵏ. */
  private static void finishExp(int n, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector k = FloatVector.fromArray(SPECIES, s, i).sub(FloatBits.SMALL_BIAS);
      FloatVector half = k.fma(0.5f, FloatBits.ROUND).sub(FloatBits.ROUND);
      var bits1 = half.add(FloatBits.BIAS).reinterpretAsInts();
      var bits2 = k.sub(half).add(FloatBits.BIAS).reinterpretAsInts();
      FloatVector scale1 = bits1.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector scale2 = bits2.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector q = FloatVector.fromArray(SPECIES, s, SECOND + i);
      FloatVector one = FloatVector.broadcast(SPECIES, 1.0f);
      one.sub(q).mul(scale1).mul(scale2).intoArray(y, yOffset + i);
    }
  }

  /** y = tanh x; what is divided, and by what, is twice what it is in the scalar form. */
  private static void finishTanh(int n, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      var sum = FloatVector.fromArray(SPECIES, s, i).reinterpretAsInts();
      var power = sum.lanewise(LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
      FloatVector minus = power.neg();
      FloatVector q = FloatVector.fromArray(SPECIES, s, SECOND + i);
      FloatVector t = power.fma(q, minus.add(2));
      var abs = t.div(minus.fma(q, power.add(2))).reinterpretAsInts();
      var signed = abs.lanewise(OR, sum.lanewise(AND, FloatBits.SIGN_MASK));
      signed.reinterpretAsFloats().intoArray(y, yOffset + i);
    }
  }

  /** y = 1 / (1 + e⁻ᶻ). */
  private static void finishSigmoid(int n, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      var sum = FloatVector.fromArray(SPECIES, s, i).reinterpretAsInts();
      var power = sum.lanewise(LSHL, FloatBits.EXPONENT_SHIFT);
      FloatVector low = power.min(FloatBits.SMALL_BITS).reinterpretAsFloats();
      FloatVector high = power.max(FloatBits.SMALL_BITS).reinterpretAsFloats();
      FloatVector q = FloatVector.fromArray(SPECIES, s, SECOND + i);
      FloatVector d = power.reinterpretAsFloats().neg().fma(q, low).add(high);
      FloatVector.broadcast(SPECIES, FloatBits.SMALL).div(d).intoArray(y, yOffset + i);
    }
  }

  /** From x, the exponent k and, as second, f with x = (1 + f)·2ᵏ. */
  private static void splitExponent(int n, float[] a, int aOffset, float[] s) {
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
      significand.reinterpretAsFloats().sub(1).intoArray(s, SECOND + i);
    }
  }

  /** From e between 0 and 1, the exponent k and, as second, f with 1 + e = (1 + f)·2ᵏ. */
  private static void splitOnePlus(int n, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector e = FloatVector.fromArray(SPECIES, s, i);
      VectorMask<Float> large = e.compare(GT, FloatBits.SQRT2_MINUS_ONE);
      FloatVector.zero(SPECIES).blend(1.0f, large).intoArray(s, i);
      e.blend(e.sub(1).mul(0.5f), large).intoArray(s, SECOND + i);
    }
  }

  /** s = k·ln 2 + ln(1 + f). */
  private static void finishLog(int n, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
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
  private static void addRelu(int n, float[] a, int aOffset, float[] s, float[] y, int yOffset) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector relu = x.blend(0.0f, x.compare(LE, 0.0f));
      relu.add(FloatVector.fromArray(SPECIES, s, i)).intoArray(y, yOffset + i);
    }
  }
}
