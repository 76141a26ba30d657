package dev.rnn4j.examples.bench.jmh;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Pointwise;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** An elementwise operation. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class PointwiseBenchmark {
  /** The kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  /** The operation. */
  @Param({"ADD", "MULTIPLY", "FMA", "SIGMOID", "TANH", "SIGMOID_GRADIENT", "TANH_GRADIENT"})
  public Pointwise op;

  /** The number of elements. */
  @Param({"4", "2048"})
  public int n;

  private FloatKernels used;
  private float[] a;
  private float[] b;
  private float[] c;
  private float[] y;

  /** Draws the operands. */
  @Setup
  public void setup() {
    used = KernelState.kernels(kernels);
    a = KernelState.drawn(n);
    b = KernelState.drawn(n);
    c = KernelState.drawn(n);
    y = new float[n];
  }

  /** Computes all elements. */
  @Benchmark
  public float[] pointwise() {
    used.pointwise(op, n, a, 0, b, 0, c, 0, y, 0);
    return y;
  }
}
