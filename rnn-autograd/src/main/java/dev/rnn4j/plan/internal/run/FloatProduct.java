package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/** The code of matrix products: small ones as they lie, larger ones from a packed right side. */
final class FloatProduct {
  /** Products with fewer multiplications than this are not worth packing for. */
  private static final int SMALL = 4096;

  /** The columns up to which a panel of the right side is no better than its rows as they lie. */
  private static final int NARROW = 16;

  /** The columns from which on a row is in several panels, which are read faster one by one. */
  private static final int PANEL = 64;

  private FloatProduct() {}

  /** Returns the code of a product; {@code keep} says whether packed weights are kept. */
  static FloatCode of(
      Instruction.Product product, FloatArena arena, FloatStore store, boolean keep) {
    Place b = product.b();
    int m = product.a().shape().size(1);
    int k = b.shape().size(1);
    int n = b.shape().size(2);
    boolean small = isSmall(product);
    boolean one = b.shape().size(0) == 1 && b.perStep() == 0;
    boolean weight = b.buffer().source() instanceof Parameter && one && k * n >= 64;
    boolean inRows = b.layout().stride(2) == 1;
    boolean stays = n > PANEL && !arena.assigned.contains(b.buffer().slot());
    boolean asGoodAsItLies = small && m * 64 < k && inRows && !stays;
    return keep && weight && !asGoodAsItLies
        ? new FloatGroup(List.of(product), store, arena)
        : multiplied(product, asItLies(product), arena);
  }

  private static boolean isSmall(Instruction.Product product) {
    int m = product.a().shape().size(1);
    int k = product.b().shape().size(1);
    int n = product.b().shape().size(2);
    return m < 4 || (long) m * k * n < SMALL; // each of a batch is packed for itself
  }

  /** Returns whether the right side is best read where it lies, if it is no weight. */
  static boolean asItLies(Instruction.Product product) {
    Place b = product.b();
    return isSmall(product) || b.shape().size(2) <= NARROW && b.layout().stride(2) == 1;
  }

  /** Where the product before has packed the same matrix, that serves. */
  private static FloatCode multiplied(
      Instruction.Product product, boolean asItLies, FloatArena scratch) {
    FloatSpot a = new FloatSpot(product.a());
    FloatSpot b = new FloatSpot(product.b());
    FloatSpot c = new FloatSpot(product.target());
    int m = product.a().shape().size(1);
    int k = product.b().shape().size(1);
    int n = product.b().shape().size(2);
    int[] x = product.a().layout().strides();
    int[] y = product.b().layout().strides();
    int[] z = product.target().layout().strides();
    int batch = product.b().shape().size(0);
    boolean accumulate = product.accumulates();
    int number = asItLies ? 0 : scratch.scratch(k, n);
    boolean ready = !asItLies && scratch.holds(product.b());
    return (arena, t) -> {
      for (int i = 0; i < batch; i++) {
        float[] left = a.in(arena);
        int at = a.at(t) + i * x[0];
        float[] right = b.in(arena);
        int by = b.at(t) + i * y[0];
        float[] target = c.in(arena);
        int to = c.at(t) + i * z[0];
        if (asItLies) {
          arena.kernels.gemm(
              m, n, k, left, at, x[1], x[2], right, by, y[1], y[2], target, to, z[1], accumulate);
          continue;
        }
        FloatPacked packed = arena.scratch[number];
        if (!ready) {
          arena.kernels.pack(right, by, y[1], y[2], packed);
        }
        arena.kernels.gemm(m, left, at, x[1], x[2], packed, target, to, z[1], accumulate);
      }
    };
  }
}
