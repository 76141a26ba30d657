package dev.rnn4j.examples.bench.fused;

import static dev.rnn4j.examples.bench.fused.Loops.LANES;
import static dev.rnn4j.examples.bench.fused.Loops.SPECIES;

import jdk.incubator.vector.FloatVector;

/** The simple recurrent network: h' = tanh(x·W + h·U + b). */
public final class FusedElman extends FusedStep {
  private final int outputs;

  /** Creates the step of a layer with parameters of zeros. */
  public FusedElman(int n, int t, int i, int h, double rate) {
    super(1, n, t, i, h, rate);
    outputs = buffers.place(t * size);
    allocate();
  }

  @Override
  int gate(int gate) {
    return outputs;
  }

  @Override
  Stage[] forwardStages() {
    return new Stage[] {
      t -> multiply(0, t),
      t -> Loops.tanh(size, a, outputs + t * size, rowBias(0)),
      t -> output(outputs + t * size, t)
    };
  }

  @Override
  Stage[] backwardStages() {
    return new Stage[] {
      t -> sumGradient(size, a, outputs + t * size, stateGradient, outputFactor),
      t -> multiplyBack(0, t, stateGradient, false),
      this::addToBiases
    };
  }

  /** (dh + factor·h)·(1 − h²) takes the place of h. */
  private static void sumGradient(int n, float[] a, int h, int dh, float factor) {
    for (int k = 0; k < n; k += LANES) {
      FloatVector y = FloatVector.fromArray(SPECIES, a, h + k);
      FloatVector d = y.mul(factor).add(FloatVector.fromArray(SPECIES, a, dh + k));
      d.mul(y).neg().fma(y, d).intoArray(a, h + k);
    }
  }
}
