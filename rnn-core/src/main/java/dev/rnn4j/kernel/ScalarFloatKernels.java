package dev.rnn4j.kernel;

/** The kernels in plain Java, which define the bits. */
public final class ScalarFloatKernels implements FloatKernels {
  @Override
  public String description() {
    return "scalar kernels";
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
    switch (op) {
      case COPY -> ScalarFloatPointwise.copy(n, a, aOffset, y, yOffset);
      case NEGATE -> ScalarFloatPointwise.negate(n, a, aOffset, y, yOffset);
      case ABS -> ScalarFloatPointwise.abs(n, a, aOffset, y, yOffset);
      case SQRT -> ScalarFloatPointwise.sqrt(n, a, aOffset, y, yOffset);
      case SQUARE -> ScalarFloatPointwise.square(n, a, aOffset, y, yOffset);
      case RECIPROCAL -> ScalarFloatPointwise.reciprocal(n, a, aOffset, y, yOffset);
      case EXP -> ScalarFloatPointwise.exp(n, a, aOffset, y, yOffset);
      case LOG -> ScalarFloatPointwise.log(n, a, aOffset, y, yOffset);
      case TANH -> ScalarFloatPointwise.tanh(n, a, aOffset, y, yOffset);
      case SIGMOID -> ScalarFloatPointwise.sigmoid(n, a, aOffset, y, yOffset);
      case RELU -> ScalarFloatPointwise.relu(n, a, aOffset, y, yOffset);
      case SOFTPLUS -> ScalarFloatPointwise.softplus(n, a, aOffset, y, yOffset);
      case ADD -> ScalarFloatPointwise.add(n, a, aOffset, b, bOffset, y, yOffset);
      case SUBTRACT -> ScalarFloatPointwise.subtract(n, a, aOffset, b, bOffset, y, yOffset);
      case MULTIPLY -> ScalarFloatPointwise.multiply(n, a, aOffset, b, bOffset, y, yOffset);
      case DIVIDE -> ScalarFloatPointwise.divide(n, a, aOffset, b, bOffset, y, yOffset);
      case POWER -> ScalarFloatPointwise.power(n, a, aOffset, b, bOffset, y, yOffset);
      case MAXIMUM -> ScalarFloatPointwise.maximum(n, a, aOffset, b, bOffset, y, yOffset);
      case MINIMUM -> ScalarFloatPointwise.minimum(n, a, aOffset, b, bOffset, y, yOffset);
      case EQUAL -> ScalarFloatPointwise.equal(n, a, aOffset, b, bOffset, y, yOffset);
      case GREATER -> ScalarFloatPointwise.greater(n, a, aOffset, b, bOffset, y, yOffset);
      case GREATER_OR_EQUAL ->
          ScalarFloatPointwise.greaterOrEqual(n, a, aOffset, b, bOffset, y, yOffset);
      case TANH_GRADIENT ->
          ScalarFloatPointwise.tanhGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case SIGMOID_GRADIENT ->
          ScalarFloatPointwise.sigmoidGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case RELU_GRADIENT ->
          ScalarFloatPointwise.reluGradient(n, a, aOffset, b, bOffset, y, yOffset);
      case SELECT -> ScalarFloatPointwise.select(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
      case FMA -> ScalarFloatPointwise.fma(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
    }
  }

  @Override
  public FloatPacked packed(int k, int n) {
    return new ScalarFloatPacked(k, n);
  }

  @Override
  public void pack(float[] b, int bOffset, int bRow, int bColumn, FloatPacked packed) {
    ((ScalarFloatPacked) packed).pack(b, bOffset, bRow, bColumn);
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
    ((ScalarFloatPacked) b).multiply(m, a, aOffset, aRow, aColumn, c, cOffset, cRow, accumulate);
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

  @Override
  public void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    ScalarFloatReductions.sum(outer, axis, inner, x, xOffset, y, yOffset);
  }

  @Override
  public void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    ScalarFloatReductions.max(outer, axis, inner, x, xOffset, y, yOffset);
  }
}
