package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatBits;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;

/** {@link FloatBits} for vectors; written by hand for each precision, like it. */
final class VectorFloatBits {
  private VectorFloatBits() {}

  static FloatVector expTail(FloatVector r) {
    FloatVector p = r.fma(FloatBits.E4, FloatBits.E3);
    p = fma(p, r, FloatBits.E2);
    p = fma(p, r, FloatBits.E1);
    return fma(p, r, FloatBits.E0);
  }

  static FloatVector logTail(FloatVector z) {
    FloatVector p = z.fma(FloatBits.L2, FloatBits.L1);
    return fma(p, z, FloatBits.L0);
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

  static FloatVector withSign(FloatVector y, FloatVector x) {
    IntVector sign = x.reinterpretAsInts().lanewise(VectorOperators.AND, FloatBits.SIGN_MASK);
    return y.reinterpretAsInts().lanewise(VectorOperators.OR, sign).reinterpretAsFloats();
  }

  /** Returns a·b + c. */
  static FloatVector fma(FloatVector a, FloatVector b, float c) {
    return a.fma(b, FloatVector.broadcast(VectorFloatSpecies.SPECIES, c));
  }
}
