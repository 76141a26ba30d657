package dev.rnn4j.kernel.vector;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.ScalarFloatPointwise;

/**
 * The loop of one operation, for n of at least one vector.
 *
 * <p>Loops are called through this interface and not by a switch, because the JIT would inline many
 * of them into the method with the switch, and in the last one that fits leave vectors in memory.
 */
interface VectorFloatLoop {
  /** y[i] = op(a[i], b[i], c[i]). */
  void run(
      int n,
      float[] a,
      int aOffset,
      float[] b,
      int bOffset,
      float[] c,
      int cOffset,
      float[] y,
      int yOffset);

  /** Returns the loops by the operations' ordinals. */
  static VectorFloatLoop[] all() {
    Pointwise[] ops = Pointwise.values();
    VectorFloatLoop[] loops = new VectorFloatLoop[ops.length];
    for (int i = 0; i < ops.length; i++) {
      loops[i] = of(ops[i]);
    }
    return loops;
  }

  private static VectorFloatLoop of(Pointwise op) {
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
    };
  }
}
