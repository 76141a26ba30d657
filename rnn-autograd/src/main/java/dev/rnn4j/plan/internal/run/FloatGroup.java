package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/**
 * The code of products of one left side with weights, which are packed side by side: one product,
 * whose columns go to their places.
 */
final class FloatGroup implements FloatCode {
  /** The columns from which calling for a vector loop costs less than it saves. */
  private static final int WIDE = 16;

  private final FloatStore.Pack pack;
  private final int m;
  private final int width;
  private final boolean accumulate;
  private final FloatSpot a;
  private final int row;
  private final int column;
  private final FloatSpot[] targets;
  private final int[] rows;
  private final int[] columns;

  FloatGroup(List<Product> products, FloatStore store, FloatArena arena) {
    pack = store.pack(products.stream().map(Product::b).toList(), arena.kernels);
    arena.packs.add(pack);
    Place left = products.get(0).a();
    m = left.shape().size(1);
    width = pack.packed().n();
    accumulate = products.get(0).accumulates();
    a = new FloatSpot(left);
    row = left.layout().stride(1);
    column = left.layout().stride(2);
    List<Place> places = products.stream().map(Product::target).toList();
    targets = places.stream().map(FloatSpot::new).toArray(FloatSpot[]::new);
    rows = places.stream().mapToInt(place -> place.layout().stride(1)).toArray();
    columns = places.stream().mapToInt(place -> place.shape().size(2)).toArray();
    if (targets.length > 1) {
      arena.results(m * width);
    }
  }

  @Override
  public void run(FloatArena arena, int t) {
    pack.refresh(arena.kernels);
    if (targets.length == 1) {
      multiply(arena, t, targets[0].in(arena), targets[0].at(t), rows[0], accumulate);
      return;
    }
    float[] results = arena.arrays[arena.results()];
    int from = arena.startOf(arena.results());
    multiply(arena, t, results, from, width, false);
    for (int i = 0; i < targets.length; i++) {
      float[] target = targets[i].in(arena);
      int to = targets[i].at(t);
      for (int r = 0; r < m; r++) {
        hand(arena, columns[i], results, from + r * width, target, to + r * rows[i]);
      }
      from += columns[i];
    }
  }

  /** Returns the rows of its result, where it can compute some of them alone; otherwise 0. */
  int rows() {
    return targets.length == 1 ? m : 0;
  }

  /** Computes some rows. */
  void run(FloatArena arena, int t, int from, int count) {
    pack.refresh(arena.kernels);
    int left = a.at(t) + from * row;
    float[] y = targets[0].in(arena);
    int to = targets[0].at(t) + from * rows[0];
    arena.kernels.gemm(
        count, a.in(arena), left, row, column, pack.packed(), y, to, rows[0], accumulate);
  }

  private void multiply(FloatArena arena, int t, float[] y, int to, int yRow, boolean add) {
    arena.kernels.gemm(m, a.in(arena), a.at(t), row, column, pack.packed(), y, to, yRow, add);
  }

  private void hand(FloatArena arena, int n, float[] results, int from, float[] target, int to) {
    if (!accumulate) {
      System.arraycopy(results, from, target, to, n);
    } else if (n >= WIDE) {
      arena.kernels.pointwise(Pointwise.ADD, n, target, to, results, from, null, 0, target, to);
    } else {
      for (int j = 0; j < n; j++) {
        target[to + j] += results[from + j];
      }
    }
  }
}
