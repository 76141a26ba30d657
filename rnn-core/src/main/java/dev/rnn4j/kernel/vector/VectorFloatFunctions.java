package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.AND;
import static jdk.incubator.vector.VectorOperators.FMA;
import static jdk.incubator.vector.VectorOperators.LSHL;
import static jdk.incubator.vector.VectorOperators.OR;

import dev.rnn4j.kernel.FloatBits;
import dev.rnn4j.kernel.ScalarFloatPointwise;
import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
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
  static final int CHUNK = 512;

  /** Where the second row of the scratch begins: not at a power of two, which caches dislike. */
  static final int SECOND = CHUNK + 48;

  private static final ThreadLocal<float[]> SCRATCH =
      ThreadLocal.withInitial(() -> new float[SECOND + CHUNK]);

  /** One of the loops: from a, b and the scratch to the scratch or y. */
  private interface Stage {
    void run(
        int n, float[] a, int aOffset, float[] b, int bOffset, float[] s, float[] y, int yOffset);
  }

  private static final Stage REDUCE_EXP =
      (n, a, i, b, j, s, y, k) -> reduce(n, -FloatBits.EXP_MIN, s, 0, s);
  private static final Stage SERIES = (n, a, i, b, j, s, y, k) -> longSeries(n, s);
  private static final Stage FINISH_SIGMOID = (n, a, i, b, j, s, y, k) -> finishSigmoid(n, s, y, k);

  private static final Stage[] EXP =
      stages(
          (n, a, i, b, j, s, y, k) -> negate(n, a, i, s),
          REDUCE_EXP,
          SERIES,
          (n, a, i, b, j, s, y, k) -> finishExp(n, s, y, k),
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.exp(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES));

  private static final Stage[] LOG = {
    (n, a, i, b, j, s, y, k) -> VectorFloatLogs.splitExponent(n, a, i, s),
    (n, a, i, b, j, s, y, k) -> VectorFloatLogs.finishLog(n, s),
    (n, a, i, b, j, s, y, k) -> VectorFloatLogs.selectLog(n, a, i, s, y, k),
    (n, a, i, b, j, s, y, k) ->
        ScalarFloatPointwise.log(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES)
  };

  private static final Stage[] TANH =
      stages(
          (n, a, i, b, j, s, y, k) -> reduceTanh(n, a, i, s),
          SERIES,
          (n, a, i, b, j, s, y, k) -> finishTanh(n, s, y, k),
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.tanh(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES));

  private static final Stage[] TANH_OF_SUM =
      stages(
          (n, a, i, b, j, s, y, k) -> reduceTanhOfSum(n, a, i, b, j, s),
          SERIES,
          (n, a, i, b, j, s, y, k) -> finishTanh(n, s, y, k),
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.tanhOfSum(
                  n % LANES, a, i + n - n % LANES, b, j + n - n % LANES, y, k + n - n % LANES));

  private static final Stage[] SIGMOID =
      stages(
          (n, a, i, b, j, s, y, k) -> reduce(n, FloatBits.VANISHING, a, i, s),
          SERIES,
          FINISH_SIGMOID,
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.sigmoid(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES));

  private static final Stage[] SIGMOID_OF_SUM =
      stages(
          (n, a, i, b, j, s, y, k) -> reduceSum(n, FloatBits.VANISHING, a, i, b, j, s),
          SERIES,
          FINISH_SIGMOID,
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.sigmoidOfSum(
                  n % LANES, a, i + n - n % LANES, b, j + n - n % LANES, y, k + n - n % LANES));

  private static final Stage[] SOFTPLUS =
      stages(
          (n, a, i, b, j, s, y, k) -> abs(n, a, i, s),
          REDUCE_EXP,
          SERIES,
          (n, a, i, b, j, s, y, k) -> finishExp(n, s, s, 0),
          (n, a, i, b, j, s, y, k) -> VectorFloatLogs.splitOnePlus(n, s),
          (n, a, i, b, j, s, y, k) -> VectorFloatLogs.finishLog(n, s),
          (n, a, i, b, j, s, y, k) -> VectorFloatLogs.addRelu(n, a, i, s, y, k),
          (n, a, i, b, j, s, y, k) ->
              ScalarFloatPointwise.softplus(n % LANES, a, i + n - n % LANES, y, k + n - n % LANES));

  private VectorFloatFunctions() {}

  /** Returns the stages that are needed. */
  private static Stage[] stages(Stage... stages) {
    return Arrays.stream(stages)
        .filter(stage -> stage != SERIES || FloatBits.LONG_SERIES)
        .toArray(Stage[]::new);
  }

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

  private static void negate(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(SPECIES, a, aOffset + i).neg().intoArray(s, i);
    }
  }

  private static void abs(int n, float[] a, int aOffset, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector.fromArray(SPECIES, a, aOffset + i).abs().intoArray(s, i);
    }
  }

  /**
   * From x, for z = x within the limit and e⁻ᶻ = 2ᵏ·(1 − q): the sum of k and SMALL_BIAS and, as
   * second, q, or the r of which a long series makes it. k is the whole number nearest to −z / ln
   * 2, but none whose power of two is infinite: then 1 − q is larger instead, and all as large as
   * it needs to be.
   */
  private static void reduce(int n, float limit, float[] a, int aOffset, float[] s) {
    var most = FloatVector.broadcast(SPECIES, limit).reinterpretAsInts().add(FloatBits.OVER);
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      var over = x.reinterpretAsInts().add(FloatBits.OVER).min(most);
      FloatVector z = over.sub(FloatBits.OVER).reinterpretAsFloats();
      var bits = z.fma(-FloatBits.LOG2_E, FloatBits.SMALL_BIAS).reinterpretAsInts();
      FloatVector sum = bits.min(FloatBits.LARGEST_SUM).reinterpretAsFloats();
      sum.intoArray(s, i);
      FloatVector k = sum.sub(FloatBits.SMALL_BIAS);
      FloatVector high = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH), z);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_LOW), high);
      if (!FloatBits.LONG_SERIES) {
        FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.E4);
        p = p.lanewise(FMA, r, FloatBits.E3);
        p = p.lanewise(FMA, r, FloatBits.E2);
        p = p.lanewise(FMA, r, FloatBits.E1);
        p = p.lanewise(FMA, r, FloatBits.E0);
        r = r.mul(r).fma(p, r);
      }
      r.intoArray(s, SECOND + i);
    }
  }

  /** The same for a + b. */
  private static void reduceSum(
      int n, float limit, float[] a, int aOffset, float[] b, int bOffset, float[] s) {
    var most = FloatVector.broadcast(SPECIES, limit).reinterpretAsInts().add(FloatBits.OVER);
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      x = x.add(FloatVector.fromArray(SPECIES, b, bOffset + i));
      var over = x.reinterpretAsInts().add(FloatBits.OVER).min(most);
      FloatVector z = over.sub(FloatBits.OVER).reinterpretAsFloats();
      var bits = z.fma(-FloatBits.LOG2_E, FloatBits.SMALL_BIAS).reinterpretAsInts();
      FloatVector sum = bits.min(FloatBits.LARGEST_SUM).reinterpretAsFloats();
      sum.intoArray(s, i);
      FloatVector k = sum.sub(FloatBits.SMALL_BIAS);
      FloatVector high = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH), z);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_LOW), high);
      if (!FloatBits.LONG_SERIES) {
        FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.E4);
        p = p.lanewise(FMA, r, FloatBits.E3);
        p = p.lanewise(FMA, r, FloatBits.E2);
        p = p.lanewise(FMA, r, FloatBits.E1);
        p = p.lanewise(FMA, r, FloatBits.E0);
        r = r.mul(r).fma(p, r);
      }
      r.intoArray(s, SECOND + i);
    }
  }

  /** From x, for z = 2·|x|: the sum of k and TWICE_BIAS, with the sign of x, and q. */
  private static void reduceTanh(int n, float[] a, int aOffset, float[] s) {
    var most =
        FloatVector.broadcast(SPECIES, FloatBits.VANISHING).reinterpretAsInts().add(FloatBits.OVER);
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      FloatVector abs = x.abs();
      var over = abs.add(abs).reinterpretAsInts().add(FloatBits.OVER).min(most);
      FloatVector z = over.sub(FloatBits.OVER).reinterpretAsFloats();
      FloatVector sum = z.fma(-FloatBits.LOG2_E, FloatBits.TWICE_BIAS);
      var sign = x.reinterpretAsInts().lanewise(AND, FloatBits.SIGN_MASK);
      sum.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats().intoArray(s, i);
      FloatVector k = sum.sub(FloatBits.TWICE_BIAS);
      FloatVector high = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH), z);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_LOW), high);
      if (!FloatBits.LONG_SERIES) {
        FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.E4);
        p = p.lanewise(FMA, r, FloatBits.E3);
        p = p.lanewise(FMA, r, FloatBits.E2);
        p = p.lanewise(FMA, r, FloatBits.E1);
        p = p.lanewise(FMA, r, FloatBits.E0);
        r = r.mul(r).fma(p, r);
      }
      r.intoArray(s, SECOND + i);
    }
  }

  /** The same for a + b. */
  private static void reduceTanhOfSum(
      int n, float[] a, int aOffset, float[] b, int bOffset, float[] s) {
    var most =
        FloatVector.broadcast(SPECIES, FloatBits.VANISHING).reinterpretAsInts().add(FloatBits.OVER);
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector x = FloatVector.fromArray(SPECIES, a, aOffset + i);
      x = x.add(FloatVector.fromArray(SPECIES, b, bOffset + i));
      FloatVector abs = x.abs();
      var over = abs.add(abs).reinterpretAsInts().add(FloatBits.OVER).min(most);
      FloatVector z = over.sub(FloatBits.OVER).reinterpretAsFloats();
      FloatVector sum = z.fma(-FloatBits.LOG2_E, FloatBits.TWICE_BIAS);
      var sign = x.reinterpretAsInts().lanewise(AND, FloatBits.SIGN_MASK);
      sum.reinterpretAsInts().lanewise(OR, sign).reinterpretAsFloats().intoArray(s, i);
      FloatVector k = sum.sub(FloatBits.TWICE_BIAS);
      FloatVector high = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_HIGH), z);
      FloatVector r = k.fma(FloatVector.broadcast(SPECIES, FloatBits.LN2_LOW), high);
      if (!FloatBits.LONG_SERIES) {
        FloatVector p = FloatVector.broadcast(SPECIES, FloatBits.E4);
        p = p.lanewise(FMA, r, FloatBits.E3);
        p = p.lanewise(FMA, r, FloatBits.E2);
        p = p.lanewise(FMA, r, FloatBits.E1);
        p = p.lanewise(FMA, r, FloatBits.E0);
        r = r.mul(r).fma(p, r);
      }
      r.intoArray(s, SECOND + i);
    }
  }

  /** From r, q: a long series is a loop of its own. */
  private static void longSeries(int n, float[] s) {
    for (int i = 0; i <= n - LANES; i += LANES) {
      FloatVector r = FloatVector.fromArray(SPECIES, s, SECOND + i);
      FloatVector p = r.fma(FloatBits.E9, FloatBits.E8);
      p = p.lanewise(FMA, r, FloatBits.E7);
      p = p.lanewise(FMA, r, FloatBits.E6);
      p = p.lanewise(FMA, r, FloatBits.E5);
      p = p.lanewise(FMA, r, FloatBits.E4);
      p = p.lanewise(FMA, r, FloatBits.E3);
      p = p.lanewise(FMA, r, FloatBits.E2);
      p = p.lanewise(FMA, r, FloatBits.E1);
      p = p.lanewise(FMA, r, FloatBits.E0);
      r.mul(r).fma(p, r).intoArray(s, SECOND + i);
    }
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
}
