package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatLoop;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.kernel.ScalarFloatKernels;
import dev.rnn4j.kernel.ScalarFloatPointwise;
import dev.rnn4j.kernel.ScalarFloatReductions;

/** The kernels on vectors, with the bits of {@link ScalarFloatKernels}, which do the small work. */
public final class VectorFloatKernels implements FloatKernels {
  private static final int LANES = VectorFloatSpecies.SPECIES.length();

  private final ScalarFloatKernels scalar = new ScalarFloatKernels();
  private final VectorFloatForms forms;
  private final VectorFloatGemm gemm;

  /**
   * Creates the kernels.
   *
   * @param warming whether vector code serves only once the JIT has compiled it; until then, scalar
   *     code does
   */
  public VectorFloatKernels(boolean warming) {
    forms =
        warming
            ? VectorFloatForms.cold(VectorFloatKernels::loop, scalar)
            : VectorFloatForms.warm(VectorFloatKernels::loop);
    gemm = new VectorFloatGemm(forms);
  }

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
    } else {
      forms.loops[op.ordinal()].run(n, a, aOffset, b, bOffset, c, cOffset, y, yOffset);
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
    gemm.gemm(m, a, aOffset, aRow, aColumn, (VectorFloatPacked) b, c, cOffset, cRow, accumulate);
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
    boolean readable = bColumn == 1 || m >= VectorFloatTiles.ROWS;
    if (k > 0 && readable && (n >= LANES || !VectorFloatGemm.isSmall(m, n, k))) {
      gemm.gemm(
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
    forms.words[0].write(key, group, time, sequence, words);
  }

  @Override
  public void sum(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    if (VectorFloatReductions.fills(axis, inner)) {
      forms.sum[0].run(outer, axis, inner, x, xOffset, null, 0, y, yOffset);
    } else {
      scalar.sum(outer, axis, inner, x, xOffset, y, yOffset);
    }
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
    if (VectorFloatReductions.fills(axis, inner)) {
      forms.sumOfProducts[0].run(outer, axis, inner, a, aOffset, b, bOffset, y, yOffset);
    } else {
      scalar.sumOfProducts(outer, axis, inner, a, aOffset, b, bOffset, y, yOffset);
    }
  }

  @Override
  public void max(int outer, int axis, int inner, float[] x, int xOffset, float[] y, int yOffset) {
    if ((inner == 1 || inner >= LANES) && VectorFloatReductions.fills(axis, inner)) {
      forms.max[0].run(outer, axis, inner, x, xOffset, null, 0, y, yOffset);
    } else {
      scalar.max(outer, axis, inner, x, xOffset, y, yOffset);
    }
  }

  @Override
  public void normalize(
      int rows, int n, float epsilon, float[] x, int xOffset, float[] y, int yOffset) {
    if (n < ScalarFloatReductions.LANES) {
      scalar.normalize(rows, n, epsilon, x, xOffset, y, yOffset);
    } else {
      forms.normalize[0].run(rows, n, epsilon, x, xOffset, null, 0, y, yOffset);
    }
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
    if (n < ScalarFloatReductions.LANES) {
      scalar.normalizeGradient(rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset);
    } else {
      forms.normalizeGradient[0].run(rows, n, epsilon, x, xOffset, g, gOffset, y, yOffset);
    }
  }

  private static FloatLoop loop(Pointwise op) {
    return switch (op) {
      case COPY -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.copy(n, a, i, y, l);
      case NEGATE -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.negate(n, a, i, y, l);
      case ABS -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.abs(n, a, i, y, l);
      case SQRT -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.sqrt(n, a, i, y, l);
      case SQUARE -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.square(n, a, i, y, l);
      case RECIPROCAL ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.reciprocal(n, a, i, y, l);
      case EXP -> (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.exp(n, a, i, y, l);
      case LOG -> (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.log(n, a, i, y, l);
      case TANH -> (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.tanh(n, a, i, y, l);
      case SIGMOID -> (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.sigmoid(n, a, i, y, l);
      case RELU -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.relu(n, a, i, y, l);
      case SOFTPLUS -> (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.softplus(n, a, i, y, l);
      case ADD -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.add(n, a, i, b, j, y, l);
      case SUBTRACT ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.subtract(n, a, i, b, j, y, l);
      case MULTIPLY ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.multiply(n, a, i, b, j, y, l);
      case DIVIDE ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.divide(n, a, i, b, j, y, l);
      case POWER -> (n, a, i, b, j, c, k, y, l) -> ScalarFloatPointwise.power(n, a, i, b, j, y, l);
      case MAXIMUM ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.maximum(n, a, i, b, j, y, l);
      case MINIMUM ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.minimum(n, a, i, b, j, y, l);
      case EQUAL -> (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.equal(n, a, i, b, j, y, l);
      case GREATER ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.greater(n, a, i, b, j, y, l);
      case GREATER_OR_EQUAL ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.greaterOrEqual(n, a, i, b, j, y, l);
      case TANH_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.tanhGradient(n, a, i, b, j, y, l);
      case SIGMOID_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.sigmoidGradient(n, a, i, b, j, y, l);
      case RELU_GRADIENT ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatPointwise.reluGradient(n, a, i, b, j, y, l);
      case SELECT -> VectorFloatPointwise::select;
      case FMA -> VectorFloatPointwise::fma;
      case ADD_PRODUCT -> VectorFloatPointwise::addProduct;
      case TANH_OF_SUM ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.tanhOfSum(n, a, i, b, j, y, l);
      case SIGMOID_OF_SUM ->
          (n, a, i, b, j, c, k, y, l) -> VectorFloatFunctions.sigmoidOfSum(n, a, i, b, j, y, l);
      case TANH_GRADIENT_OF_PRODUCT -> VectorFloatPointwise::tanhGradientOfProduct;
      case SIGMOID_GRADIENT_OF_PRODUCT -> VectorFloatPointwise::sigmoidGradientOfProduct;
    };
  }
}
