package dev.rnn4j.kernel;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.sun.management.ThreadMXBean;
import java.lang.management.ManagementFactory;
import java.util.EnumSet;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;

class FloatAllocationTest {
  private static final int ROUNDS = 200;
  private static final long PATIENCE_NANOS = 60_000_000_000L;
  private static final int[] LENGTHS = {3, 40, 512};

  /** All but the power: Java's own {@link StrictMath#pow} makes arrays. */
  private static final Set<Pointwise> OPERATIONS =
      EnumSet.complementOf(EnumSet.of(Pointwise.POWER));

  private final Random random = new Random(1);
  private final float[] a = FloatFixtures.normal(20_000, random);
  private final float[] b = FloatFixtures.normal(20_000, random);
  private final float[] y = new float[20_000];

  @Test
  void warmPointwiseOperationsAllocateNothing() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      for (Pointwise op : OPERATIONS) {
        assertNoAllocation(
            op + " by " + kernels.description(),
            () -> {
              for (int n : LENGTHS) {
                kernels.pointwise(op, n, a, 1, b, 2, a, 3, y, 4);
              }
            });
      }
    }
  }

  @Test
  void mixedPointwiseOperationsAllocateNothing() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      assertNoAllocation(
          "all operations by " + kernels.description(),
          () -> {
            for (Pointwise op : OPERATIONS) {
              kernels.pointwise(op, 100, a, 1, b, 2, a, 3, y, 4);
            }
          });
    }
  }

  @Test
  void warmMatrixProductsAllocateNothing() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      FloatPacked packed = kernels.packed(40, 90);
      kernels.pack(b, 0, 90, 1, packed);
      assertNoAllocation(
          "gemm by " + kernels.description(),
          () -> {
            kernels.gemm(7, a, 0, 40, 1, packed, y, 0, 90, true);
            kernels.gemm(7, a, 0, 1, 7, packed, y, 0, 90, false);
            kernels.gemm(5, 33, 7, a, 0, 7, 1, b, 0, 33, 1, y, 0, 33, true);
            kernels.gemm(5, 33, 7, a, 0, 1, 5, b, 0, 1, 7, y, 0, 33, false);
            for (int m = 1; m < 10; m += 2) {
              kernels.gemm(m, 7, 30, a, 0, 30, 1, b, 0, 7, 1, y, 0, 7, true);
              kernels.gemm(m, 3, 60, a, 0, 1, m, b, 0, 3, 1, y, 0, 3, false);
            }
          });
    }
  }

  @Test
  void warmReductionsAllocateNothing() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      assertNoAllocation(
          "reductions by " + kernels.description(),
          () -> {
            kernels.sum(3, 100, 1, a, 0, y, 0);
            kernels.sum(3, 10, 20, a, 0, y, 0);
            kernels.sum(3, 100, 5, a, 0, y, 0);
            kernels.sumOfProducts(3, 100, 1, a, 0, b, 0, y, 0);
            kernels.sumOfProducts(3, 100, 7, a, 0, b, 0, y, 0);
            kernels.sumOfProducts(3, 10, 100, a, 0, b, 0, y, 0);
            kernels.sumOfProducts(1, 200, 64, a, 0, b, 0, y, 0);
            kernels.max(3, 100, 1, a, 0, y, 0);
            kernels.max(3, 10, 20, a, 0, y, 0);
          });
    }
  }

  @Test
  void warmRowsAllocateNothing() {
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      assertNoAllocation(
          "rows by " + kernels.description(),
          () -> {
            kernels.normalize(3, 100, 0.1f, a, 0, y, 0);
            kernels.normalizeGradient(3, 100, 0.1f, a, 0, b, 0, y, 0);
          });
    }
  }

  @Test
  void warmRandomWordsAllocateNothing() {
    int[] words = new int[RandomWords.GROUP];
    for (FloatKernels kernels : FloatFixtures.implementations()) {
      assertNoAllocation(
          "words by " + kernels.description(), () -> kernels.words(1, 2, 3, 4, words));
    }
  }

  /** Runs until nothing is allocated any more, which is when the JIT has done its work. */
  private static void assertNoAllocation(String what, Runnable work) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    long bytes = allocated(work);
    // Time may pass while the process is stopped: there are many rounds in any case.
    for (int more = 0; bytes > 0 && (more < 1000 || System.nanoTime() < deadline); more++) {
      bytes = allocated(work);
    }
    assertEquals(0, bytes, what + " allocates");
  }

  private static long allocated(Runnable work) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < ROUNDS; i++) {
      work.run();
    }
    return threads.getCurrentThreadAllocatedBytes() - before;
  }
}
