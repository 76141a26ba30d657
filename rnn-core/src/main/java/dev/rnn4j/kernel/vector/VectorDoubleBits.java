package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.DoubleBits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;

/** {@link DoubleBits} for vectors; written by hand for each precision, like it. */
final class VectorDoubleBits {
  private VectorDoubleBits() {}

  static DoubleVector expTail(DoubleVector r) {
    DoubleVector p = r.fma(DoubleBits.E9, DoubleBits.E8);
    p = fma(p, r, DoubleBits.E7);
    p = fma(p, r, DoubleBits.E6);
    p = fma(p, r, DoubleBits.E5);
    p = fma(p, r, DoubleBits.E4);
    p = fma(p, r, DoubleBits.E3);
    p = fma(p, r, DoubleBits.E2);
    p = fma(p, r, DoubleBits.E1);
    return fma(p, r, DoubleBits.E0);
  }

  static DoubleVector logTail(DoubleVector z) {
    DoubleVector p = z.fma(DoubleBits.L6, DoubleBits.L5);
    p = fma(p, z, DoubleBits.L4);
    p = fma(p, z, DoubleBits.L3);
    p = fma(p, z, DoubleBits.L2);
    p = fma(p, z, DoubleBits.L1);
    return fma(p, z, DoubleBits.L0);
  }

  static DoubleVector powerOfTwo(DoubleVector k) {
    LongVector bits = k.add(DoubleBits.BIAS).reinterpretAsLongs();
    return bits.lanewise(VectorOperators.LSHL, DoubleBits.EXPONENT_SHIFT).reinterpretAsDoubles();
  }

  static DoubleVector exponent(DoubleVector x) {
    LongVector lifted = x.reinterpretAsLongs().add(DoubleBits.LIFT);
    LongVector biased = lifted.lanewise(VectorOperators.LSHR, DoubleBits.EXPONENT_SHIFT);
    return biased
        .lanewise(VectorOperators.OR, DoubleBits.INTEGER_BITS)
        .reinterpretAsDoubles()
        .sub(DoubleBits.INTEGER);
  }

  static DoubleVector significand(DoubleVector x) {
    LongVector lifted = x.reinterpretAsLongs().add(DoubleBits.LIFT);
    return lifted
        .lanewise(VectorOperators.AND, DoubleBits.SIGNIFICAND_MASK)
        .add(DoubleBits.SQRT_HALF)
        .reinterpretAsDoubles();
  }

  static DoubleVector withSign(DoubleVector y, DoubleVector x) {
    LongVector sign = x.reinterpretAsLongs().lanewise(VectorOperators.AND, DoubleBits.SIGN_MASK);
    return y.reinterpretAsLongs().lanewise(VectorOperators.OR, sign).reinterpretAsDoubles();
  }

  /** Returns a·b + c. */
  static DoubleVector fma(DoubleVector a, DoubleVector b, double c) {
    return a.fma(b, DoubleVector.broadcast(VectorDoubleSpecies.SPECIES, c));
  }
}
