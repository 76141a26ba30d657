package dev.rnn4j.examples.bench.jmh;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.FloatPacked;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** A matrix product, and the packing of its right operand. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.MICROSECONDS)
public class GemmBenchmark {
  /** The kernels. */
  @Param({"vector", "scalar"})
  public String kernels;

  /** m, k and n of [m, k]·[k, n]. */
  @Param({"1x128x512", "32x96x96", "32x128x512", "256x256x512"})
  public String shape;

  private FloatKernels used;
  private int m;
  private int k;
  private int n;
  private float[] a;
  private float[] b;
  private float[] c;
  private FloatPacked packed;

  /** Draws the operands. */
  @Setup
  public void setup() {
    String[] sizes = shape.split("x");
    m = Integer.parseInt(sizes[0]);
    k = Integer.parseInt(sizes[1]);
    n = Integer.parseInt(sizes[2]);
    used = KernelState.kernels(kernels);
    a = KernelState.drawn(m * k);
    b = KernelState.drawn(k * n);
    c = new float[m * n];
    packed = used.packed(k, n);
    used.pack(b, 0, n, 1, packed);
  }

  /** Multiplies. */
  @Benchmark
  public float[] gemm() {
    used.gemm(m, a, 0, k, 1, packed, c, 0, n, false);
    return c;
  }

  /** Packs. */
  @Benchmark
  public FloatPacked pack() {
    used.pack(b, 0, n, 1, packed);
    return packed;
  }
}
