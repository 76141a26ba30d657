package dev.rnn4j.examples.bench.jmh;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.random.Philox;

/** What the benchmarks have in common. */
final class KernelState {
  private KernelState() {}

  /** Returns the kernels of a name: vector or scalar. */
  static FloatKernels kernels(String name) {
    return name.equals("vector") ? Kernels.vectorFloat() : Kernels.scalarFloat();
  }

  /** Returns normally distributed numbers. */
  static float[] drawn(int count) {
    Philox random = new Philox(1);
    float[] values = new float[count];
    for (int i = 0; i < count; i++) {
      values[i] = (float) random.nextGaussian();
    }
    return values;
  }
}
