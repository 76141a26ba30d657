package dev.rnn4j.examples.bench.fused;

import static dev.rnn4j.examples.bench.fused.Loops.LANES;
import static dev.rnn4j.examples.bench.fused.Loops.SPECIES;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;

/** The LSTM: gates i, f, g, o; c' = f⊙c + i⊙g; h' = o⊙tanh(c'). */
public final class FusedLstm extends FusedStep {
  private static final int GATES = 4;

  private final int[] gates = new int[GATES];
  private final int cells;
  private final int tanhs;
  private final int outputs;
  private final int cellGradient;

  /** Creates the step of a layer with parameters of zeros. */
  public FusedLstm(int n, int t, int i, int h, double rate) {
    super(GATES, n, t, i, h, rate);
    for (int gate = 0; gate < GATES; gate++) {
      gates[gate] = buffers.place(t * size);
    }
    cells = buffers.place((t + 1) * size);
    tanhs = buffers.place(t * size);
    outputs = buffers.place(size);
    cellGradient = buffers.place(size);
    allocate();
  }

  @Override
  int gate(int gate) {
    return gates[gate];
  }

  @Override
  Stage[] forwardStages() {
    int[] g = gates;
    return new Stage[] {
      t -> multiply(0, t),
      t -> Loops.sigmoid(size, a, g[0] + t * size, rowBias(0)),
      t -> multiply(1, t),
      t -> Loops.sigmoid(size, a, g[1] + t * size, rowBias(1)),
      t -> multiply(2, t),
      t -> Loops.tanh(size, a, g[2] + t * size, rowBias(2)),
      t -> multiply(3, t),
      t -> Loops.sigmoid(size, a, g[3] + t * size, rowBias(3)),
      t -> cell(size, a, g[0] + t * size, g[1] + t * size, g[2] + t * size, cells + t * size),
      t -> Loops.tanhOf(size, a, cells + (t + 1) * size, tanhs + t * size),
      t -> output(size, a, g[3] + t * size, tanhs + t * size, outputs),
      t -> output(outputs, t)
    };
  }

  @Override
  Stage[] backwardStages() {
    int[] g = gates;
    return new Stage[] {
      t -> outputGradient(t),
      t ->
          gateGradients(
              size,
              a,
              g[0] + t * size,
              g[1] + t * size,
              g[2] + t * size,
              cells + t * size,
              cellGradient),
      t -> multiplyBack(0, t, stateGradient, false),
      t -> multiplyBack(1, t, stateGradient, true),
      t -> multiplyBack(2, t, stateGradient, true),
      t -> multiplyBack(3, t, stateGradient, true),
      this::addToBiases
    };
  }

  private void outputGradient(int t) {
    int at = t * size;
    if (t == steps - 1) {
      Arrays.fill(a, cellGradient, cellGradient + size, 0);
    }
    outputGradient(size, a, gates[3] + at, tanhs + at, stateGradient, cellGradient, outputFactor);
  }

  /** c' = f⊙c + i⊙g. */
  private static void cell(int n, float[] a, int i, int f, int g, int c) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector in = FloatVector.fromArray(SPECIES, a, i + k);
      FloatVector product = in.mul(FloatVector.fromArray(SPECIES, a, g + k));
      FloatVector forget = FloatVector.fromArray(SPECIES, a, f + k);
      forget.fma(FloatVector.fromArray(SPECIES, a, c + k), product).intoArray(a, c + n + k);
    }
  }

  /** h = o⊙tanh(c). */
  private static void output(int n, float[] a, int o, int tanh, int h) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector out = FloatVector.fromArray(SPECIES, a, o + k);
      out.mul(FloatVector.fromArray(SPECIES, a, tanh + k)).intoArray(a, h + k);
    }
  }

  /** From dh by later steps: do takes the place of o, and dc of what later steps gave of it. */
  private static void outputGradient(
      int n, float[] a, int o, int tanh, int dh, int dc, float factor) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector out = FloatVector.fromArray(SPECIES, a, o + k);
      FloatVector u = FloatVector.fromArray(SPECIES, a, tanh + k);
      FloatVector h = out.mul(u);
      FloatVector d = h.mul(factor).add(FloatVector.fromArray(SPECIES, a, dh + k));
      FloatVector dOut = d.mul(out);
      FloatVector c = FloatVector.fromArray(SPECIES, a, dc + k);
      // dc += d·o·(1 − tanh²)
      FloatVector minus = dOut.mul(u);
      minus.neg().fma(u, dOut.add(c)).intoArray(a, dc + k);
      // d·tanh·o·(1 − o)
      minus.neg().fma(out, minus).intoArray(a, o + k);
    }
  }

  /** di, df and dg take the places of the gates; dc becomes that of the step before. */
  private static void gateGradients(int n, float[] a, int i, int f, int g, int c, int dc) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector d = FloatVector.fromArray(SPECIES, a, dc + k);
      FloatVector forget = FloatVector.fromArray(SPECIES, a, f + k);
      FloatVector dForget = d.mul(forget);
      dForget.intoArray(a, dc + k);
      FloatVector product = dForget.mul(FloatVector.fromArray(SPECIES, a, c + k));
      product.neg().fma(forget, product).intoArray(a, f + k);
      FloatVector in = FloatVector.fromArray(SPECIES, a, i + k);
      FloatVector candidate = FloatVector.fromArray(SPECIES, a, g + k);
      FloatVector dIn = d.mul(in);
      FloatVector both = dIn.mul(candidate);
      both.neg().fma(candidate, dIn).intoArray(a, g + k);
      both.neg().fma(in, both).intoArray(a, i + k);
    }
  }
}
