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

  private FloatProduct() {}

  /** Returns the code of a product; {@code keep} says whether packed weights are kept. */
  static FloatCode of(
      Instruction.Product product, FloatArena arena, FloatStore store, boolean keep) {
    Place b = product.b();
    int m = product.a().shape().size(1);
    int k = b.shape().size(1);
    int n = b.shape().size(2);
    int batch = b.shape().size(0);
    boolean small = (long) m * k * n < SMALL || m < 4;
    boolean weight = b.buffer().source() instanceof Parameter && batch == 1 && k * n >= 64;
    boolean inRows = b.layout().stride(2) == 1;
    boolean asGoodAsItLies = small && m * 64 < k && inRows;
    return keep && weight && !asGoodAsItLies
        ? new FloatGroup(List.of(product), store, arena)
        : multiplied(product, small || n <= NARROW && inRows, arena);
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
    if (asItLies) {
      return (arena, t) -> {
        for (int i = 0; i < batch; i++) {
          arena.kernels.gemm(
              m,
              n,
              k,
              a.in(arena),
              a.at(t) + i * x[0],
              x[1],
              x[2],
              b.in(arena),
              b.at(t) + i * y[0],
              y[1],
              y[2],
              c.in(arena),
              c.at(t) + i * z[0],
              z[1],
              accumulate);
        }
      };
    }
    int number = scratch.scratch(k, n);
    boolean ready = scratch.holds(product.b());
    return (arena, t) -> {
      FloatPacked packed = arena.scratch[number];
      for (int i = 0; i < batch; i++) {
        if (!ready) {
          arena.kernels.pack(b.in(arena), b.at(t) + i * y[0], y[1], y[2], packed);
        }
        arena.kernels.gemm(
            m,
            a.in(arena),
            a.at(t) + i * x[0],
            x[1],
            x[2],
            packed,
            c.in(arena),
            c.at(t) + i * z[0],
            z[1],
            accumulate);
      }
    };
  }
}
