package dev.rnn4j.kernel;

/** The kernels in plain Java, which define the bits. */
public final class ScalarFloatKernels implements FloatKernels {
  /** The rows from which it pays to copy a matrix that is not packed. */
  private static final int REUSE = 8;

  /** The loops that were asked for. Two threads may make one at once: it has no state. */
  private static final FloatLoop[] LOOPS = new FloatLoop[Pointwise.values().length];

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
    loop(op).run(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
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
    if (m >= REUSE && n >= ScalarFloatPacked.NARROW && k > 0) {
      ScalarFloatRows.gemm(
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
  public void words(long key, int group, int time, int sequence, int[] words) {
    ScalarRandomWords.write(key, group, time, sequence, words);
  }

  @Override
  public void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    ScalarFloatReductions.sum(outer, axis, inner, x, xOffset, y, yOffset);
  }

  @Override
  public void sumOfProducts(
      int outer,
      int axis,
      int inner,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] y,
      int yOffset) {
    ScalarFloatReductions.sumOfProducts(outer, axis, inner, a, aOffset, b, bOffset, y, yOffset);
  }

  @Override
  public void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    ScalarFloatReductions.max(outer, axis, inner, x, xOffset, y, yOffset);
  }

  @Override
  public void normalize(
      int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset) {
    ScalarFloatNorms.normalize(rows, n, epsilon, x, xOffset, y, yOffset);
  }

  @Override
  public void normalizeGradient(
      int rows,
      int n,
      float epsilon,
      float[] x,
      int xOffset,
      float[] g,
      int gOffset,
      float[] y,
      int yOffset) {
    ScalarFloatNorms.normalizeGradient(rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset);
  }

  /** Returns the loop of an operation. */
  public static FloatLoop loop(Pointwise op) {
    FloatLoop loop = LOOPS[op.ordinal()];
    if (loop == null) {
      loop = newLoop(op);
      LOOPS[op.ordinal()] = loop;
    }
    return loop;
  }

  private static FloatLoop newLoop(Pointwise op) {
    return switch (op) {
      case COPY -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.copy(n, a, i, y, l);
      case NEGATE -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.negate(n, a, i, y, l);
      case ABS -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.abs(n, a, i, y, l);
      case SQRT -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.sqrt(n, a, i, y, l);
      case SQUARE -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.square(n, a, i, y, l);
      case RECIPROCAL ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.reciprocal(n, a, i, y, l);
      case EXP -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.exp(n, a, i, y, l);
      case LOG -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.log(n, a, i, y, l);
      case TANH -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.tanh(n, a, i, y, l);
      case SIGMOID -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.sigmoid(n, a, i, y, l);
      case RELU -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.relu(n, a, i, y, l);
      case SOFTPLUS -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.softplus(n, a, i, y, l);
      case ADD -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.add(n, a, i, b, j, y, l);
      case SUBTRACT ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.subtract(n, a, i, b, j, y, l);
      case MULTIPLY ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.multiply(n, a, i, b, j, y, l);
      case DIVIDE ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.divide(n, a, i, b, j, y, l);
      case POWER -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.power(n, a, i, b, j, y, l);
      case MAXIMUM ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.maximum(n, a, i, b, j, y, l);
      case MINIMUM ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.minimum(n, a, i, b, j, y, l);
      case EQUAL -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.equal(n, a, i, b, j, y, l);
      case GREATER ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.greater(n, a, i, b, j, y, l);
      case GREATER_OR_EQUAL ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.greaterOrEqual(n, a, i, b, j, y, l);
      case TANH_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.tanhGradient(n, a, i, b, j, y, l);
      case SIGMOID_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.sigmoidGradient(n, a, i, b, j, y, l);
      case RELU_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.reluGradient(n, a, i, b, j, y, l);
      case SELECT -> ScalarFloatPointwise::select;
      case FMA -> ScalarFloatPointwise::fma;
      case ADD_PRODUCT -> ScalarFloatPointwise::addProduct;
      case TANH_OF_SUM ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.tanhOfSum(n, a, i, b, j, y, l);
      case SIGMOID_OF_SUM ->
          (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.sigmoidOfSum(n, a, i, b, j, y, l);
      case TANH_GRADIENT_OF_PRODUCT -> ScalarFloatPointwise::tanhGradientOfProduct;
      case SIGMOID_GRADIENT_OF_PRODUCT -> ScalarFloatPointwise::sigmoidGradientOfProduct;
    };
  }
}
