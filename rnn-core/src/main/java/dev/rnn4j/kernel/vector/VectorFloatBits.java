package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.FMA;

import dev.rnn4j.kernel.FloatBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link FloatBits} for vectors; written by hand for each precision, like it. */
final class VectorFloatBits {
  private static final VectorSpecies<Float> SPECIES = VectorFloatSpecies.SPECIES;

  private VectorFloatBits() {}

  static FloatVector expTail(FloatVector r) {
    FloatVector p = r.fma(FloatBits.E4, FloatBits.E3);
    p = p.lanewise(FMA, r, FloatBits.E2);
    p = p.lanewise(FMA, r, FloatBits.E1);
    return p.lanewise(FMA, r, FloatBits.E0);
  }

  /** Returns e^(x − k·ln 2) − 1. */
  static FloatVector expMinusOne(FloatVector x, FloatVector k) {
    FloatVector high = k.fma(FloatVector.broadcast(SPECIES, -FloatBits.LN2_HIGH), x);
    FloatVector r = k.fma(FloatVector.broadcast(SPECIES, -FloatBits.LN2_LOW), high);
    return r.mul(r).fma(expTail(r), r);
  }

  static FloatVector logTail(FloatVector z) {
    FloatVector p = z.fma(FloatBits.L2, FloatBits.L1);
    return p.lanewise(FMA, z, FloatBits.L0);
  }

  static FloatVector powerOfTwo(FloatVector k) {
    IntVector bits = k.add(FloatBits.BIAS).reinterpretAsInts();
    return bits.lanewise(VectorOperators.LSHL, FloatBits.EXPONENT_SHIFT).reinterpretAsFloats();
  }

  static FloatVector exponent(FloatVector x) {
    IntVector lifted = x.reinterpretAsInts().add(FloatBits.LIFT);
    IntVector biased = lifted.lanewise(VectorOperators.LSHR, FloatBits.EXPONENT_SHIFT);
    return biased
        .lanewise(VectorOperators.OR, FloatBits.INTEGER_BITS)
        .reinterpretAsFloats()
        .sub(FloatBits.INTEGER);
  }

  static FloatVector significand(FloatVector x) {
    IntVector lifted = x.reinterpretAsInts().add(FloatBits.LIFT);
    return lifted
        .lanewise(VectorOperators.AND, FloatBits.SIGNIFICAND_MASK)
        .add(FloatBits.SQRT_HALF)
        .reinterpretAsFloats();
  }

  /** Returns 1 with the signs of x. */
  static FloatVector sign(FloatVector x) {
    IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, FloatBits.SIGN_MASK);
    return sign.lanewise(VectorOperators.OR, FloatBits.ONE).reinterpretAsFloats();
  }
}
