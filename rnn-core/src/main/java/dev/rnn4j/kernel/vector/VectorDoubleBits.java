package dev.rnn4j.kernel.vector;

import static jdk.incubator.vector.VectorOperators.FMA;

import dev.rnn4j.kernel.DoubleBits;
import jdk.incubator.vector.DoubleVector;
import jdk.incubator.vector.LongVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/** {@link DoubleBits} for vectors; written by hand for each precision, like it. */
final class VectorDoubleBits {
  private static final VectorSpecies<Double> SPECIES = VectorDoubleSpecies.SPECIES;

  private VectorDoubleBits() {}

  static DoubleVector expTail(DoubleVector r) {
    DoubleVector p = r.fma(DoubleBits.E9, DoubleBits.E8);
    p = p.lanewise(FMA, r, DoubleBits.E7);
    p = p.lanewise(FMA, r, DoubleBits.E6);
    p = p.lanewise(FMA, r, DoubleBits.E5);
    p = p.lanewise(FMA, r, DoubleBits.E4);
    p = p.lanewise(FMA, r, DoubleBits.E3);
    p = p.lanewise(FMA, r, DoubleBits.E2);
    p = p.lanewise(FMA, r, DoubleBits.E1);
    return p.lanewise(FMA, r, DoubleBits.E0);
  }

  /** Returns e^(x − k·ln 2) − 1. */
  static DoubleVector expMinusOne(DoubleVector x, DoubleVector k) {
    DoubleVector high = k.fma(DoubleVector.broadcast(SPECIES, -DoubleBits.LN2_HIGH), x);
    DoubleVector r = k.fma(DoubleVector.broadcast(SPECIES, -DoubleBits.LN2_LOW), high);
    return r.mul(r).fma(expTail(r), r);
  }

  static DoubleVector logTail(DoubleVector z) {
    DoubleVector p = z.fma(DoubleBits.L6, DoubleBits.L5);
    p = p.lanewise(FMA, z, DoubleBits.L4);
    p = p.lanewise(FMA, z, DoubleBits.L3);
    p = p.lanewise(FMA, z, DoubleBits.L2);
    p = p.lanewise(FMA, z, DoubleBits.L1);
    return p.lanewise(FMA, z, DoubleBits.L0);
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

  /** Returns 1 with the signs of x. */
  static DoubleVector sign(DoubleVector x) {
    LongVector sign = x.reinterpretAsLongs().lanewise(VectorOperators.AND, DoubleBits.SIGN_MASK);
    return sign.lanewise(VectorOperators.OR, DoubleBits.ONE).reinterpretAsDoubles();
  }
}
