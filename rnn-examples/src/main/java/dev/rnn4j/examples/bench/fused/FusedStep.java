package dev.rnn4j.examples.bench.fused;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.kernel.Kernels;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/**
 * A training step of one layer in float32 on one thread: forward over [T, N, I] from a state of
 * zeros, the mean of the squares of all outputs as loss, backward, and an update by a constant
 * learning rate. A run returns the loss before its update.
 *
 * <p>What all cells do alike is here. Rows [h, x], the state before a step beside the step's input,
 * are the left operand of its products. The hidden size is padded to whole vectors; what is in the
 * padding is 0 and stays so. Gates lie one behind the other, each [T, N, H], and the gradients of
 * their sums take their places in the backward pass. A gate's weights are kept transposed, as [H, H
 * + I], because their gradient comes so: a product with the rows [h, x] as the operand to be
 * packed, which are fewer than the gates. It is added up by windows of steps whose gates are still
 * in the cache.
 */
public abstract class FusedStep implements DoubleSupplier {
  /** The rows that give to the gradients together: more no longer are in the cache. */
  private static final int WINDOW = 1024;

  final FloatKernels kernels = Kernels.float32();
  final Buffers buffers = new Buffers();

  /** T. */
  final int steps;

  /** N. */
  final int rows;

  /** H, padded. */
  final int width;

  /** The numbers in [N, H]. */
  final int size;

  /** The numbers in a row [h, x]. */
  final int rowSize;

  /** The rows [h, x], [T + 1, N, H + I]. */
  final int inputs;

  /** The gradient of the state after a step by way of the later steps, [N, H]. */
  final int stateGradient;

  /** The derivative of the loss with respect to an output, divided by the output. */
  final float outputFactor;

  /** Everything that has a place. */
  float[] a;

  private final int inputSize;
  private final int hiddenSize;
  private final float rate;
  private final int gates;
  private final int weights;
  private final int gradients;
  private final int bias;
  private final int biasGradient;
  private final int rowBias;
  private final FloatPacked[] forward;
  private final FloatPacked[] backward;
  private final int window;
  private final FloatPacked windowOperand;
  private final FloatPacked restOperand;
  private Stage[] forwardStages;
  private Stage[] backwardStages;
  private double sumOfSquares;

  FusedStep(int gates, int n, int t, int i, int h, double rate) {
    this.gates = gates;
    this.rate = (float) rate;
    inputSize = i;
    hiddenSize = h;
    steps = t;
    rows = n;
    width = Loops.padded(h);
    size = n * width;
    rowSize = width + i;
    outputFactor = 2.0f / ((float) t * n * h);
    inputs = buffers.place((t + 1) * n * rowSize);
    stateGradient = buffers.place(size);
    weights = buffers.place(gates * weightsSize());
    gradients = buffers.place(gates * weightsSize());
    bias = buffers.place(gates * width);
    biasGradient = buffers.place(gates * width);
    rowBias = buffers.place(gates * size);
    forward = new FloatPacked[gates];
    backward = new FloatPacked[gates];
    for (int gate = 0; gate < gates; gate++) {
      forward[gate] = kernels.packed(rowSize, width);
      backward[gate] = kernels.packed(width, width);
    }
    window = Math.min(t, (WINDOW + n - 1) / n);
    windowOperand = kernels.packed(window * n, rowSize);
    restOperand = kernels.packed(t % window * n, rowSize);
  }

  /** Allocates everything, after all places are known. */
  final void allocate() {
    a = buffers.allocate();
    forwardStages = forwardStages();
    backwardStages = backwardStages();
  }

  /** The numbers in a gate's weights, with room for whole vectors. */
  private int weightsSize() {
    return Loops.padded(width * rowSize);
  }

  /**
   * A part of a step. Stages are called through this interface and not by name, because the JIT
   * would make one large method of them, in which it gives up and keeps vectors in memory.
   */
  interface Stage {
    /** Computes for step t. */
    void run(int t);
  }

  /** Returns what computes the outputs of a step, and adds their squares. */
  abstract Stage[] forwardStages();

  /** Returns what computes the gradients of all gates' sums in the gates' places. */
  abstract Stage[] backwardStages();

  /** Returns the place of a gate, [T, N, H]. */
  abstract int gate(int gate);

  /** Returns the rows by which a gate's weights were multiplied, [T, N, H + I]. */
  int operandOf(int gate) {
    return inputs;
  }

  @Override
  public final double getAsDouble() {
    pack();
    Arrays.fill(a, stateGradient, stateGradient + size, 0);
    sumOfSquares = 0;
    for (int t = 0; t < steps; t++) {
      run(forwardStages, t);
    }
    Arrays.fill(a, gradients, gradients + gates * weightsSize(), 0);
    for (int t = steps - 1; t >= 0; t--) {
      run(backwardStages, t);
      if (t % window == 0) {
        addToGradients(t, Math.min(window, steps - t));
      }
    }
    update();
    return sumOfSquares / ((double) steps * rows * hiddenSize);
  }

  private static void run(Stage[] stages, int t) {
    for (Stage stage : stages) {
      stage.run(t);
    }
  }

  /** Sets the sequences, [T, N, I]. */
  public void set(float[] x) {
    for (int row = 0; row < steps * rows; row++) {
      System.arraycopy(x, row * inputSize, a, inputs + row * rowSize + width, inputSize);
    }
  }

  /** Sets the weights of a gate, [I, H] and [H, H], and its bias, [H]. */
  public final void setGate(int gate, float[] weightIh, float[] weightHh, float[] newBias) {
    for (int j = 0; j < hiddenSize; j++) {
      for (int k = 0; k < hiddenSize; k++) {
        a[weight(gate, k, j)] = weightHh[k * hiddenSize + j];
      }
      for (int k = 0; k < inputSize; k++) {
        a[weight(gate, width + k, j)] = weightIh[k * hiddenSize + j];
      }
    }
    System.arraycopy(newBias, 0, a, bias + gate * width, hiddenSize);
  }

  /** Returns the weights of a gate on the inputs, [I, H]. */
  public final float[] weightIh(int gate) {
    return weights(gate, width, inputSize);
  }

  /** Returns the weights of a gate on the state, [H, H]. */
  public final float[] weightHh(int gate) {
    return weights(gate, 0, hiddenSize);
  }

  /** Returns the bias of a gate, [H]. */
  public final float[] bias(int gate) {
    return Arrays.copyOfRange(a, bias + gate * width, bias + gate * width + hiddenSize);
  }

  private float[] weights(int gate, int from, int count) {
    float[] values = new float[count * hiddenSize];
    for (int k = 0; k < count; k++) {
      for (int j = 0; j < hiddenSize; j++) {
        values[k * hiddenSize + j] = a[weight(gate, from + k, j)];
      }
    }
    return values;
  }

  private int weight(int gate, int k, int j) {
    return weights + gate * weightsSize() + j * rowSize + k;
  }

  private void pack() {
    for (int gate = 0; gate < gates; gate++) {
      int from = weight(gate, 0, 0);
      kernels.pack(a, from, 1, rowSize, forward[gate]);
      kernels.pack(a, from, rowSize, 1, backward[gate]);
      int row = rowBias + gate * size;
      for (int r = 0; r < rows; r++) {
        System.arraycopy(a, bias + gate * width, a, row + r * width, width);
      }
    }
  }

  /** The bias of a gate, once for each row. */
  final int rowBias(int gate) {
    return rowBias + gate * size;
  }

  /** The product of rows with the weights of a gate, without bias, into the gate's place. */
  final void multiply(int gate, int t) {
    kernels.gemm(
        rows,
        a,
        operandOf(gate) + t * rows * rowSize,
        rowSize,
        1,
        forward[gate],
        a,
        gate(gate) + t * size,
        width,
        false);
  }

  /** The gradient of the state before step t by way of a gate: stored, or added. */
  final void multiplyBack(int gate, int t, int to, boolean add) {
    kernels.gemm(rows, a, gate(gate) + t * size, width, 1, backward[gate], a, to, width, add);
  }

  /** Notes outputs [N, H] and copies them into the rows of the next step. */
  final void output(int h, int t) {
    sumOfSquares += Loops.sumOfSquares(size, a, h);
    copyToRows(h, inputs + (t + 1) * rows * rowSize);
  }

  /** Copies [N, H] to the places of h in rows [h, x]. */
  final void copyToRows(int h, int to) {
    for (int row = 0; row < rows; row++) {
      System.arraycopy(a, h + row * width, a, to + row * rowSize, width);
    }
  }

  /** Adds the rows of all gates' gradients at step t to their biases' gradients. */
  final void addToBiases(int t) {
    for (int gate = 0; gate < gates; gate++) {
      Loops.addRows(rows, width, a, gate(gate) + t * size, biasGradient + gate * width);
    }
  }

  /**
   * Adds to the gradients of all weights what some steps give, which are still in the cache.
   *
   * @param t the first of them
   * @param count their number
   */
  private void addToGradients(int t, int count) {
    FloatPacked packed = count == window ? windowOperand : restOperand;
    int operand = -1;
    for (int gate = 0; gate < gates; gate++) {
      if (operandOf(gate) != operand) {
        operand = operandOf(gate);
        kernels.pack(a, operand + t * rows * rowSize, rowSize, 1, packed);
      }
      int from = gate(gate) + t * size;
      int to = gradients + gate * weightsSize();
      kernels.gemm(width, a, from, 1, width, packed, a, to, rowSize, true);
    }
  }

  private void update() {
    Loops.addScaled(gates * weightsSize(), a, weights, -rate, gradients);
    Loops.addScaled(gates * width, a, bias, -rate, biasGradient);
    Arrays.fill(a, biasGradient, biasGradient + gates * width, 0);
  }
}
