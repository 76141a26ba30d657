package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.EQ;
import static jdk.incubator.vector.VectorOperators.GE;
import static jdk.incubator.vector.VectorOperators.GT;
import static jdk.incubator.vector.VectorOperators.LE;
import static jdk.incubator.vector.VectorOperators.LT;

import dev.rnn4j.kernel.FloatBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorMask;

/** {@link dev.rnn4j.kernel.FloatFunctions} step by step, for vectors. */
final class VectorFloatFunctions {
  private VectorFloatFunctions() {}

  static FloatVector exp(FloatVector x) {
    FloatVector a = x.blend(FloatBits.EXP_MAX, x.compare(GT, FloatBits.EXP_MAX));
    a = a.blend(FloatBits.EXP_MIN, a.compare(LT, FloatBits.EXP_MIN));
    FloatVector k = wholeLog2(a);
    FloatVector half = k.fma(0.5f, FloatBits.ROUND).sub(FloatBits.ROUND);
    FloatVector power = expMinusOne(remainder(a, k)).add(1);
    return power.mul(VectorFloatBits.powerOfTwo(half)).mul(VectorFloatBits.powerOfTwo(k.sub(half)));
  }

  static FloatVector log(FloatVector x) {
    VectorMask<Float> denormal = x.compare(LT, Float.MIN_NORMAL);
    FloatVector a = x.blend(x.mul(FloatBits.DENORMAL_SCALE), denormal);
    FloatVector shift = broadcast(0).blend(FloatBits.DENORMAL_EXPONENT, denormal);
    FloatVector k = VectorFloatBits.exponent(a).sub(shift);
    FloatVector y = log(k, VectorFloatBits.significand(a).sub(1));
    y = y.blend(x, x.compare(GT, Float.MAX_VALUE));
    y = y.blend(Float.NEGATIVE_INFINITY, x.compare(EQ, 0.0f));
    return broadcast(Float.NaN).blend(y, x.compare(GE, 0.0f));
  }

  static FloatVector tanh(FloatVector x) {
    FloatVector a = x.abs().mul(-2);
    a = a.blend(-FloatBits.TANH_MAX, a.compare(LT, -FloatBits.TANH_MAX));
    FloatVector k = wholeLog2(a);
    FloatVector scale = VectorFloatBits.powerOfTwo(k);
    FloatVector p = expMinusOne(remainder(a, k));
    FloatVector high = scale.sub(1);
    FloatVector t = scale.fma(p, high);
    FloatVector tLow = scale.fma(p, high.sub(t));
    FloatVector d = t.add(2);
    FloatVector dLow = d.neg().add(2).add(t).add(tLow);
    return VectorFloatBits.withSign(quotient(t.neg().add(0), tLow.neg(), d, dLow), x);
  }

  static FloatVector sigmoid(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    FloatVector d = e.add(1);
    FloatVector n = e.blend(1.0f, x.compare(GE, 0.0f));
    return quotient(n, broadcast(0), d, d.neg().add(1).add(e));
  }

  static FloatVector relu(FloatVector x) {
    return x.blend(0.0f, x.compare(LE, 0.0f));
  }

  static FloatVector softplus(FloatVector x) {
    FloatVector e = exp(x.abs().neg());
    VectorMask<Float> large = e.compare(GT, FloatBits.SQRT2_MINUS_ONE);
    FloatVector k = broadcast(0).blend(1.0f, large);
    FloatVector f = e.blend(e.sub(1).mul(0.5f), large);
    return relu(x).add(log(k, f));
  }

  private static FloatVector log(FloatVector k, FloatVector f) {
    FloatVector s = f.div(f.add(2));
    FloatVector z = s.mul(s);
    FloatVector h = f.mul(0.5f).mul(f);
    FloatVector tail = s.fma(z.fma(VectorFloatBits.logTail(z), h), k.mul(FloatBits.LN2_LOW));
    return k.fma(broadcast(FloatBits.LN2_HIGH), f.sub(h.sub(tail)));
  }

  private static FloatVector quotient(
      FloatVector n, FloatVector nLow, FloatVector d, FloatVector dLow) {
    FloatVector inverse = broadcast(1).div(d);
    FloatVector q = n.mul(inverse);
    FloatVector minusQ = q.neg();
    FloatVector rest = minusQ.fma(d, n).add(minusQ.fma(dLow, nLow));
    return rest.fma(inverse, q);
  }

  private static FloatVector wholeLog2(FloatVector x) {
    return x.fma(FloatBits.LOG2_E, FloatBits.ROUND).sub(FloatBits.ROUND);
  }

  private static FloatVector remainder(FloatVector x, FloatVector k) {
    FloatVector high = k.fma(broadcast(-FloatBits.LN2_HIGH), x);
    return k.fma(broadcast(-FloatBits.LN2_LOW), high);
  }

  private static FloatVector expMinusOne(FloatVector r) {
    return r.mul(r).fma(VectorFloatBits.expTail(r), r);
  }

  private static FloatVector broadcast(float x) {
    return FloatVector.broadcast(VectorFloatSpecies.SPECIES, x);
  }
}
