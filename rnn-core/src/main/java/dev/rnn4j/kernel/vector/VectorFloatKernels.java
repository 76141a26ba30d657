package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.kernel.ScalarFloatKernels;
import dev.rnn4j.kernel.ScalarFloatPointwise;

/** The kernels on vectors, with the bits of {@link ScalarFloatKernels}, which do the small work. */
public final class VectorFloatKernels implements FloatKernels {
  private static final int LANES = VectorFloatSpecies.SPECIES.length();

  private final ScalarFloatKernels scalar = new ScalarFloatKernels();

  /** Creates the kernels. */
  public VectorFloatKernels() {}

  @Override
  public String description() {
    return "vector kernels, " + LANES + " lanes" + (Lanes.FMA ? ", FMA" : "");
  }

  @Override
  public void pointwise(
      Pointwise op,
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset) {
    if (n < LANES) {
      scalar.pointwise(op, n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
      return;
    }
    switch (op) {
      case COPY -> ScalarFloatPointwise.copy(n, a, aOffset, y, yOffset);
      case NEGATE -> VectorFloatPointwise.negate(n, a, aOffset, y, yOffset);
      case ABS -> VectorFloatPointwise.abs(n, a, aOffset, y, yOffset);
      case SQRT -> VectorFloatPointwise.sqrt(n, a, aOffset, y, yOffset);
      case SQUARE -> VectorFloatPointwise.square(n, a, aOffset, y, yOffset);
      case RECIPROCAL -> VectorFloatPointwise.reciprocal(n, a, aOffset, y, yOffset);
      case EXP -> VectorFloatFunctions.exp(n, a, aOffset, y, yOffset);
      case LOG -> VectorFloatFunctions.log(n, a, aOffset, y, yOffset);
      case TANH -> VectorFloatFunctions.tanh(n, a, aOffset, y, yOffset);
      case SIGMOID -> VectorFloatFunctions.sigmoid(n, a, aOffset, y, yOffset);
      case RELU -> VectorFloatPointwise.relu(n, a, aOffset, y, yOffset);
      case SOFTPLUS -> VectorFloatFunctions.softplus(n, a, aOffset, y, yOffset);
      case ADD -> VectorFloatPointwise.add(n, a, aOffset, b, bOffset, y, yOffset);
      case SUBTRACT -> VectorFloatPointwise.subtract(n, a, aOffset, b, bOffset, y, yOffset);
      case MULTIPLY -> VectorFloatPointwise.multiply(n, a, aOffset, b, bOffset, y, yOffset);
      case DIVIDE -> VectorFloatPointwise.divide(n, a, aOffset, b, bOffset, y, yOffset);
      case POWER -> ScalarFloatPointwise.power(n, a, aOffset, b, bOffset, y, yOffset);
      case MAXIMUM -> VectorFloatPointwise.maximum(n, a, aOffset, b, bOffset, y, yOffset);
      case MINIMUM -> VectorFloatPointwise.minimum(n, a, aOffset, b, bOffset, y, yOffset);
      case EQUAL -> VectorFloatPointwise.equal(n, a, aOffset, b, bOffset, y, yOffset);
      case GREATER -> VectorFloatPointwise.greater(n, a, aOffset, b, bOffset, y, yOffset);
      case GREATER_OR_EQUAL ->
          VectorFloatPointwise.greaterOrEqual(n, a, aOffset, b, bOffset, y, yOffset);
      case TANH_GRADIENT ->
          VectorFloatPointwise.tanhGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case SIGMOID_GRADIENT ->
          VectorFloatPointwise.sigmoidGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case RELU_GRADIENT ->
          VectorFloatPointwise.reluGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case SELECT -> VectorFloatPointwise.select(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
      case FMA -> VectorFloatPointwise.fma(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
    }
  }

  @Override
  public FloatPacked packed(int k, int n) {
    return new VectorFloatPacked(k, n);
  }

  @Override
  public void pack(float[] b, int bOffset, int bRow, int bColumn, FloatPacked packed) {
    ((VectorFloatPacked) packed).pack(b, bOffset, bRow, bColumn);
  }

  @Override
  public void gemm(
      int m,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      FloatPacked b,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    VectorFloatGemm.gemm(
        m, a, aOffset, aRow, aColumn, (VectorFloatPacked) b, c, cOffset, cRow, accumulate);
  }

  @Override
  public void gemm(
      int m,
      int n,
      int k,
      float[] a,
      int aOffset,
      int aRow,
      int aColumn,
      float[] b,
      int bOffset,
      int bRow,
      int bColumn,
      float[] c,
      int cOffset,
      int cRow,
      boolean accumulate) {
    if (bColumn == 1 && n >= LANES && k > 0) {
      VectorFloatGemm.gemm(
          m, n, k, a, aOffset, aRow, aColumn, b, bOffset, bRow, c, cOffset, cRow, accumulate);
    } else {
      ScalarFloatGemm.gemm(
          m,
          n,
          k,
          a,
          aOffset,
          aRow,
          aColumn,
          b,
          bOffset,
          bRow,
          bColumn,
          c,
          cOffset,
          cRow,
          accumulate);
    }
  }

  @Override
  public void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    if (VectorFloatReductions.fills(axis, inner)) {
      VectorFloatReductions.sum(outer, axis, inner, x, xOffset, y, yOffset);
    } else {
      scalar.sum(outer, axis, inner, x, xOffset, y, yOffset);
    }
  }

  @Override
  public void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    if (VectorFloatReductions.fills(axis, inner)) {
      VectorFloatReductions.max(outer, axis, inner, x, xOffset, y, yOffset);
    } else {
      scalar.max(outer, axis, inner, x, xOffset, y, yOffset);
    }
  }
}
