package dev.rnn4j.examples.bench;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.kernel.Kernels;
import java.util.List;
import java.util.function.DoubleSupplier;

/** The matrix products of an LSTM's training step and nothing else, gate by gate, in float32. */
final class LstmProducts {
  static final int GATES = 4;

  /** The rows, of all sequences and steps, that gradients of weights take together, as in plans. */
  private static final int BLOCK = 256;

  private final FloatKernels kernels = Kernels.float32();
  private final Sizes sizes;
  private final int rows;
  private final float[] x;
  private final float[] h;
  private final float[][] gates = new float[GATES][];
  private final FloatPacked[] inputWeights = new FloatPacked[GATES];
  private final FloatPacked[] stateWeights = new FloatPacked[GATES];
  private final FloatPacked[] transposed = new FloatPacked[GATES];
  private final FloatPacked block;
  private final float[] stateGradient;
  private final float[][] inputWeightGradients;
  private final float[][] stateWeightGradients;

  LstmProducts(Sizes sizes) {
    this.sizes = sizes;
    rows = sizes.t() * sizes.n();
    int i = sizes.i();
    int h = sizes.h();
    x = Product.drawn(rows * i);
    this.h = Product.drawn(rows * h);
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = Product.drawn(rows * h);
      float[] u = Product.drawn(h * h);
      inputWeights[gate] = packed(i, h, Product.drawn(i * h), h, 1);
      stateWeights[gate] = packed(h, h, u, h, 1);
      transposed[gate] = packed(h, h, u, 1, h);
    }
    block = kernels.packed(BLOCK, h);
    stateGradient = new float[sizes.n() * h];
    inputWeightGradients = new float[GATES][i * h];
    stateWeightGradients = new float[GATES][h * h];
  }

  private FloatPacked packed(int k, int n, float[] matrix, int row, int column) {
    FloatPacked packed = kernels.packed(k, n);
    kernels.pack(matrix, 0, row, column, packed);
    return packed;
  }

  /** Returns the products of inputs, of states, of states' gradients, and of weights' gradients. */
  List<DoubleSupplier> groups() {
    return List.of(
        () -> ofInputs(), () -> ofStates(), () -> ofStateGradients(), () -> ofWeightGradients());
  }

  private double ofInputs() {
    for (int gate = 0; gate < GATES; gate++) {
      int i = sizes.i();
      kernels.gemm(rows, x, 0, i, 1, inputWeights[gate], gates[gate], 0, sizes.h(), false);
    }
    return gates[0][0];
  }

  private double ofStates() {
    int h = sizes.h();
    int step = sizes.n() * h;
    for (int t = 0; t < sizes.t(); t++) {
      for (int gate = 0; gate < GATES; gate++) {
        kernels.gemm(
            sizes.n(), this.h, t * step, h, 1, stateWeights[gate], gates[gate], t * step, h, true);
      }
    }
    return gates[0][0];
  }

  private double ofStateGradients() {
    int h = sizes.h();
    int step = sizes.n() * h;
    for (int t = sizes.t() - 1; t > 0; t--) {
      for (int gate = 0; gate < GATES; gate++) {
        boolean add = gate > 0;
        kernels.gemm(
            sizes.n(), gates[gate], t * step, h, 1, transposed[gate], stateGradient, 0, h, add);
      }
    }
    return stateGradient[0];
  }

  private double ofWeightGradients() {
    int i = sizes.i();
    int h = sizes.h();
    for (int row = 0; row < rows; row += BLOCK) {
      FloatPacked some = block.resized(Math.min(BLOCK, rows - row), h);
      boolean add = row > 0;
      for (int gate = 0; gate < GATES; gate++) {
        kernels.pack(gates[gate], row * h, h, 1, some);
        kernels.gemm(i, x, row * i, 1, i, some, inputWeightGradients[gate], 0, h, add);
        kernels.gemm(h, this.h, row * h, 1, h, some, stateWeightGradients[gate], 0, h, add);
      }
    }
    return stateWeightGradients[0][0];
  }
}
