package dev.rnn4j.examples.bench.fused;

import static dev.rnn4j.examples.bench.fused.Loops.LANES;
import static dev.rnn4j.examples.bench.fused.Loops.SPECIES;

import jdk.incubator.vector.FloatVector;

/**
 * The GRU that resets before the product: gates r, z, n; n = tanh(x·W + (r⊙h)·U + b); h' = (1 −
 * z)⊙n + z⊙h.
 */
public final class FusedGru extends FusedStep {
  private static final int GATES = 3;

  private final int[] gates = new int[GATES];

  /** h before each step, and after the last. */
  private final int states;

  /** The rows [r⊙h, x]. */
  private final int resetInputs;

  private final int reset;

  /** Creates the step of a layer with parameters of zeros. */
  public FusedGru(int n, int t, int i, int h, double rate) {
    super(GATES, n, t, i, h, rate);
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = buffers.place(t * size);
    }
    states = buffers.place((t + 1) * size);
    resetInputs = buffers.place((t + 1) * n * rowSize);
    reset = buffers.place(size);
    allocate();
  }

  @Override
  int gate(int gate) {
    return gates[gate];
  }

  @Override
  int operandOf(int gate) {
    return gate == 2 ? resetInputs : inputs;
  }

  @Override
  public void set(float[] x) {
    super.set(x);
    System.arraycopy(a, inputs, a, resetInputs, steps * rows * rowSize);
  }

  @Override
  Stage[] forwardStages() {
    int[] g = gates;
    return new Stage[] {
      t -> multiply(0, t),
      t -> Loops.sigmoid(size, a, g[0] + t * size, rowBias(0)),
      t -> product(size, a, g[0] + t * size, states + t * size, reset),
      t -> copyToRows(reset, resetInputs + t * rows * rowSize),
      t -> multiply(1, t),
      t -> Loops.sigmoid(size, a, g[1] + t * size, rowBias(1)),
      t -> multiply(2, t),
      t -> Loops.tanh(size, a, g[2] + t * size, rowBias(2)),
      t -> mix(size, a, g[1] + t * size, g[2] + t * size, states + t * size),
      t -> output(states + (t + 1) * size, t)
    };
  }

  @Override
  Stage[] backwardStages() {
    int[] g = gates;
    return new Stage[] {
      t ->
          mixGradient(
              size,
              a,
              g[1] + t * size,
              g[2] + t * size,
              states + t * size,
              stateGradient,
              outputFactor),
      t -> multiplyBack(2, t, reset, false),
      t -> resetGradient(size, a, g[0] + t * size, states + t * size, reset, stateGradient),
      t -> multiplyBack(0, t, stateGradient, true),
      t -> multiplyBack(1, t, stateGradient, true),
      this::addToBiases
    };
  }

  private static void product(int n, float[] a, int x, int y, int to) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector v = FloatVector.fromArray(SPECIES, a, x + k);
      v.mul(FloatVector.fromArray(SPECIES, a, y + k)).intoArray(a, to + k);
    }
  }

  /** h' = n + z⊙(h − n). */
  private static void mix(int n, float[] a, int z, int candidate, int h) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector c = FloatVector.fromArray(SPECIES, a, candidate + k);
      FloatVector difference = FloatVector.fromArray(SPECIES, a, h + k).sub(c);
      FloatVector.fromArray(SPECIES, a, z + k).fma(difference, c).intoArray(a, h + n + k);
    }
  }

  /** dz and dn take the places of the gates, and z⊙dh that of dh. */
  private static void mixGradient(
      int n, float[] a, int z, int candidate, int h, int dh, float factor) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector next = FloatVector.fromArray(SPECIES, a, h + n + k);
      FloatVector d = next.mul(factor).add(FloatVector.fromArray(SPECIES, a, dh + k));
      FloatVector update = FloatVector.fromArray(SPECIES, a, z + k);
      FloatVector kept = d.mul(update);
      kept.intoArray(a, dh + k);
      FloatVector c = FloatVector.fromArray(SPECIES, a, candidate + k);
      FloatVector dMix = d.sub(kept);
      dMix.mul(c).neg().fma(c, dMix).intoArray(a, candidate + k);
      // d·(h − n)·z·(1 − z)
      FloatVector difference = FloatVector.fromArray(SPECIES, a, h + k).sub(c);
      dMix.mul(update).mul(difference).intoArray(a, z + k);
    }
  }

  /** dr takes the place of r, and dh gets what comes by way of r⊙h. */
  private static void resetGradient(int n, float[] a, int r, int h, int dReset, int dh) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector gate = FloatVector.fromArray(SPECIES, a, r + k);
      FloatVector d = FloatVector.fromArray(SPECIES, a, dReset + k).mul(gate);
      FloatVector.fromArray(SPECIES, a, dh + k).add(d).intoArray(a, dh + k);
      FloatVector product = d.mul(FloatVector.fromArray(SPECIES, a, h + k));
      product.neg().fma(gate, product).intoArray(a, r + k);
    }
  }
}
