package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.FloatKernels;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.kernel.ScalarFloatGemm;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;

/**
 * The code of sums and largest values along an axis. Long sums of columns are made of blocks, as
 * those of a product are, and so round no more than they do.
 */
final class FloatFold implements FloatCode {
  private static final int BLOCK = ScalarFloatGemm.BLOCK;

  private final boolean max;
  private final boolean products;
  private final int outer;
  private final int axis;
  private final int n;

  /** Whether all columns are folded, so that the rows of operands are neighbours. */
  private final boolean dense;

  private final boolean isLong;

  /** The rows that are folded at once. */
  private final int length;

  private final FloatSpot a;
  private final FloatSpot b;
  private final FloatSpot target;
  private final int[] x;
  private final int[] z;
  private final int y;

  FloatFold(Instruction.Fold fold, FloatArena scratch) {
    Layout first = fold.operands().get(0).layout();
    Shape shape = fold.shape();
    max = fold.max();
    products = fold.operands().size() > 1;
    outer = shape.size(0);
    axis = shape.size(1);
    n = shape.size(2);
    dense = axis <= 1 || first.stride(1) == n;
    isLong = isLong(fold);
    length = isLong ? BLOCK : Math.max(1, axis);
    a = new FloatSpot(fold.operands().get(0));
    b = new FloatSpot(fold.operands().get(products ? 1 : 0));
    target = new FloatSpot(fold.target());
    x = first.strides();
    z = fold.operands().get(products ? 1 : 0).layout().strides();
    y = fold.target().layout().stride(0);
    if (isLong) {
      scratch.results(n);
    }
  }

  /** Returns whether this is a sum of columns in several blocks. */
  static boolean isLong(Instruction.Fold fold) {
    Layout rows = fold.operands().get(0).layout();
    return !fold.max() && fold.shape().size(1) > BLOCK && rows.stride(1) > 1;
  }

  @Override
  public void run(FloatArena arena, int t) {
    if (dense && !isLong) {
      fold(arena, t, 0, outer, 0, axis, target.in(arena), target.at(t));
      return;
    }
    for (int i = 0; i < outer; i++) {
      int last = isLong ? ScalarFloatGemm.lastBlock(axis) : 0;
      for (int from = last; from >= 0; from -= BLOCK) {
        add(arena, t, i, from, Math.min(length, axis - from), from < last);
      }
    }
  }

  /**
   * Folds some rows of one matrix.
   *
   * @param more whether the result is added to what other rows gave
   */
  void add(FloatArena arena, int t, int matrix, int from, int rows, boolean more) {
    float[] sums = target.in(arena);
    int to = target.at(t) + matrix * y;
    if (!more) {
      fold(arena, t, matrix, 1, from, rows, sums, to);
      return;
    }
    float[] block = arena.arrays[arena.results()];
    int at = arena.startOf(arena.results());
    fold(arena, t, matrix, 1, from, rows, block, at);
    arena.kernels.pointwise(Pointwise.ADD, n, sums, to, block, at, null, 0, sums, to);
  }

  /** Folds rows of some matrices, each into n elements. */
  private void fold(
      FloatArena arena, int t, int matrix, int count, int from, int rows, float[] sums, int to) {
    FloatKernels kernels = arena.kernels;
    float[] u = a.in(arena);
    float[] v = b.in(arena);
    int at = a.at(t) + matrix * x[0] + from * x[1];
    int other = b.at(t) + matrix * z[0] + from * z[1];
    if (!dense) {
      columns(kernels, rows, u, at, v, other, sums, to);
    } else if (products) {
      kernels.sumOfProducts(count, rows, n, u, at, v, other, sums, to);
    } else if (max) {
      kernels.max(count, rows, n, u, at, sums, to);
    } else {
      kernels.sum(count, rows, n, u, at, sums, to);
    }
  }

  /** Folds some of the columns: row by row, as kernels fold all of them. */
  private void columns(
      FloatKernels kernels,
      int rows,
      float[] u,
      int at,
      float[] v,
      int other,
      float[] sums,
      int to) {
    Pointwise first = products ? Pointwise.MULTIPLY : Pointwise.COPY;
    Pointwise next = products ? Pointwise.ADD_PRODUCT : max ? Pointwise.MAXIMUM : Pointwise.ADD;
    kernels.pointwise(first, n, u, at, v, other, null, 0, sums, to);
    for (int i = 1; i < rows; i++) {
      int j = at + i * x[1];
      kernels.pointwise(next, n, sums, to, u, j, v, other + i * z[1], sums, to);
    }
  }
}
