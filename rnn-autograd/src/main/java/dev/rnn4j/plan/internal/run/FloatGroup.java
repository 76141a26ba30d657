package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import java.util.List;

/** The code of products with one left side: one product, whose columns go to their places. */
final class FloatGroup implements FloatCode {
  private final FloatStore.Pack pack;
  private final int m;
  private final int width;
  private final boolean accumulate;
  private final int slot;
  private final int offset;
  private final int perStep;
  private final int row;
  private final int column;
  private final int[] slots;
  private final int[] offsets;
  private final int[] steps;
  private final int[] rows;
  private final int[] columns;

  FloatGroup(List<Product> products, FloatStore.Pack pack, FloatArena arena) {
    this.pack = pack;
    Place a = products.get(0).a();
    m = a.shape().size(1);
    accumulate = products.get(0).accumulates();
    slot = a.buffer().slot();
    offset = a.layout().offset();
    perStep = a.perStep();
    row = a.layout().stride(1);
    column = a.layout().stride(2);
    List<Place> targets = products.stream().map(Product::target).toList();
    slots = targets.stream().mapToInt(target -> target.buffer().slot()).toArray();
    offsets = targets.stream().mapToInt(target -> target.layout().offset()).toArray();
    steps = targets.stream().mapToInt(Place::perStep).toArray();
    rows = targets.stream().mapToInt(target -> target.layout().stride(1)).toArray();
    columns = targets.stream().mapToInt(target -> target.shape().size(2)).toArray();
    width = pack.packed().n();
    arena.results(m * width);
  }

  @Override
  public void run(FloatArena arena, int t) {
    pack.refresh(arena.kernels);
    float[] a = arena.arrays[slot];
    float[] results = arena.arrays[arena.results()];
    int begin = arena.startOf(arena.results());
    arena.kernels.gemm(
        m, a, offset + t * perStep, row, column, pack.packed(), results, begin, width, false);
    int from = begin;
    for (int i = 0; i < slots.length; i++) {
      float[] target = arena.arrays[slots[i]];
      for (int r = 0; r < m; r++) {
        int to = offsets[i] + t * steps[i] + r * rows[i];
        hand(columns[i], results, from + r * width, target, to);
      }
      from += columns[i];
    }
  }

  private void hand(int n, float[] results, int from, float[] target, int to) {
    if (!accumulate) {
      System.arraycopy(results, from, target, to, n);
      return;
    }
    for (int j = 0; j < n; j++) {
      target[to + j] += results[from + j];
    }
  }
}
