package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.kernel.FloatPacked;
import dev.rnn4j.plan.internal.program.Instruction.Product;
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

  private final FloatSpot a;
  private final FloatSpot b;
  private final FloatSpot c;
  private final int m;
  private final int n;
  private final int[] x;
  private final int[] y;
  private final int[] z;
  private final boolean accumulates;
  private final boolean ready;

  /** Whether the right side is read where it lies. */
  final boolean asItLies;

  /**
   * Creates what multiplies.
   *
   * @param ready whether another product has packed the right side
   */
  FloatProduct(Product product, boolean ready) {
    a = new FloatSpot(product.a());
    b = new FloatSpot(product.b());
    c = new FloatSpot(product.target());
    m = product.a().shape().size(1);
    n = product.b().shape().size(2);
    x = product.a().layout().strides();
    y = product.b().layout().strides();
    z = product.target().layout().strides();
    accumulates = product.accumulates();
    asItLies = asItLies(product);
    this.ready = ready;
  }

  /** Returns the code of a product; {@code keep} says whether packed weights are kept. */
  static FloatCode of(Product product, FloatArena arena, FloatStore store, boolean keep) {
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
        : multiplied(product, arena);
  }

  private static boolean isSmall(Product product) {
    int m = product.a().shape().size(1);
    int k = product.b().shape().size(1);
    int n = product.b().shape().size(2);
    return m < 4 || (long) m * k * n < SMALL; // each of a batch is packed for itself
  }

  /** Returns whether the right side is best read where it lies, if it is no weight. */
  private static boolean asItLies(Product product) {
    Place b = product.b();
    return isSmall(product) || b.shape().size(2) <= NARROW && b.layout().stride(2) == 1;
  }

  /** Where the product before has packed the same matrix, that serves. */
  private static FloatCode multiplied(Product product, FloatArena scratch) {
    int batch = product.b().shape().size(0);
    int k = product.b().shape().size(1);
    int n = product.b().shape().size(2);
    boolean asItLies = asItLies(product);
    int number = asItLies ? 0 : scratch.scratch(k, n);
    FloatProduct whole = new FloatProduct(product, !asItLies && scratch.holds(product.b()));
    return (arena, t) -> {
      for (int i = 0; i < batch; i++) {
        whole.multiply(arena, t, i, 0, k, number, false);
      }
    };
  }

  /**
   * c = or += a · b, of one matrix of a batch and some rows of b.
   *
   * @param scratch where b is packed, unless it is read as it lies
   * @param more whether c holds what other rows gave
   */
  void multiply(
      FloatArena arena, int t, int matrix, int from, int rows, int scratch, boolean more) {
    float[] left = a.in(arena);
    int at = a.at(t) + matrix * x[0] + from * x[2];
    float[] right = b.in(arena);
    int by = b.at(t) + matrix * y[0] + from * y[1];
    float[] target = c.in(arena);
    int to = c.at(t) + matrix * z[0];
    boolean adds = accumulates || more;
    if (asItLies) {
      arena.kernels.gemm(
          m, n, rows, left, at, x[1], x[2], right, by, y[1], y[2], target, to, z[1], adds);
      return;
    }
    FloatPacked packed = arena.scratch[scratch];
    if (!ready) {
      arena.kernels.pack(right, by, y[1], y[2], packed);
    }
    arena.kernels.gemm(m, left, at, x[1], x[2], packed, target, to, z[1], adds);
  }
}
