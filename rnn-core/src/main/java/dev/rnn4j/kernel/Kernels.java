package dev.rnn4j.kernel;

public final class Kernels {
  public static FloatKernels float32() {
    return new ScalarFloatKernels();
  }

  public static DoubleKernels float64() {
    return new ScalarDoubleKernels();
  }
}
