package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What is done while scalar code gives place to vector code. */
@Timeout(300)
class FloatWarmingTest {
  private static final int M = 7;
  private static final int N = 83;
  private static final int K = 40;
  private static final long REST_NANOS = 20_000_000;

  private final Random random = new Random(3);
  private final float[] a = FloatFixtures.normal(4000, random);
  private final float[] b = FloatFixtures.normal(4000, random);

  /** The threads rest between rounds: the JIT, for which they wait, needs a processor as well. */
  @Test
  void bitsStayTheSameUntilAllIsWarmAndAfterwards() throws Exception {
    FloatKernels kernels = Kernels.warmingFloat();
    float[] expected = everything(Kernels.scalarFloat(), packed(Kernels.scalarFloat()));
    FloatPacked packed = packed(kernels);
    assertSameBits(expected, everything(kernels, packed));
    AtomicBoolean warm = new AtomicBoolean();
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Future<?>> runs = new ArrayList<>();
    for (int i = 0; i < 2; i++) {
      runs.add(
          threads.submit(
              () -> {
                while (!warm.get()) {
                  assertSameBits(expected, everything(kernels, packed));
                  LockSupport.parkNanos(REST_NANOS);
                }
              }));
    }
    threads.shutdown();
    try {
      Kernels.awaitWarm();
    } finally {
      warm.set(true);
    }
    for (Future<?> run : runs) {
      run.get();
    }
    assertSameBits(expected, everything(kernels, packed));
  }

  @Test
  void warmKernelsDescribeThemselvesAsVectors() {
    assertEquals(Kernels.vectorFloat().description(), Kernels.warmingFloat().description());
  }

  private FloatPacked packed(FloatKernels kernels) {
    FloatPacked packed = kernels.packed(K, N);
    kernels.pack(b, 3, N, 1, packed);
    return packed;
  }

  /** The results of a call of every kind. */
  private float[] everything(FloatKernels kernels, FloatPacked packed) {
    float[] y = new float[8000];
    int to = 0;
    for (Pointwise op : Pointwise.values()) {
      kernels.pointwise(op, 70, a, 1, b, 2, a, 3, y, to);
      to += 70;
    }
    kernels.gemm(M, a, 5, K, 1, packed, y, to, N, false);
    kernels.gemm(M, a, 7, 1, M, packed, y, to, N, true);
    to += M * N;
    for (int n = 1; n <= N; n += 9) {
      kernels.gemm(5, n, 20, a, 0, 20, 1, b, 1, n, 1, y, to, n, false);
      to += 5 * n;
    }
    kernels.sum(2, 150, 1, a, 0, y, to);
    kernels.sum(1, 5, 60, a, 0, y, to + 2);
    kernels.sum(1, 500, 3, a, 0, y, to + 62);
    kernels.max(2, 150, 1, a, 0, y, to + 70);
    kernels.max(1, 5, 60, a, 0, y, to + 72);
    to += 132;
    kernels.sumOfProducts(2, 150, 1, a, 0, b, 3, y, to);
    kernels.sumOfProducts(1, 5, 60, a, 0, b, 3, y, to + 2);
    to += 62;
    kernels.normalize(3, 37, 0.5f, a, 1, y, to);
    kernels.normalizeGradient(3, 37, 0.5f, a, 1, b, 2, y, to + 111);
    return y;
  }

  private static void assertSameBits(float[] expected, float[] actual) {
    FloatFixtures.assertSameBits(expected, actual, "while it becomes warm");
  }
}
