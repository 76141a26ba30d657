package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;

/** The code of sums and largest values along an axis. */
final class FloatFold {
  private FloatFold() {}

  static FloatCode of(Instruction.Fold fold) {
    Shape shape = fold.shape();
    int outer = shape.size(0);
    int axis = shape.size(1);
    int inner = shape.size(2);
    Layout operand = fold.operands().get(0).layout();
    if (axis > 1 && operand.stride(1) != inner) {
      return columns(fold);
    }
    FloatSpot x = new FloatSpot(fold.operands().get(0));
    FloatSpot y = new FloatSpot(fold.target());
    if (fold.operands().size() > 1) {
      FloatSpot z = new FloatSpot(fold.operands().get(1));
      return (arena, t) ->
          arena.kernels.sumOfProducts(
              outer, axis, inner, x.in(arena), x.at(t), z.in(arena), z.at(t), y.in(arena), y.at(t));
    }
    return fold.max()
        ? (arena, t) ->
            arena.kernels.max(outer, axis, inner, x.in(arena), x.at(t), y.in(arena), y.at(t))
        : (arena, t) ->
            arena.kernels.sum(outer, axis, inner, x.in(arena), x.at(t), y.in(arena), y.at(t));
  }

  /** Some of the columns that are folded: row by row, as kernels fold all of them. */
  private static FloatCode columns(Instruction.Fold fold) {
    boolean products = fold.operands().size() > 1;
    FloatSpot a = new FloatSpot(fold.operands().get(0));
    FloatSpot b = new FloatSpot(fold.operands().get(products ? 1 : 0));
    FloatSpot target = new FloatSpot(fold.target());
    Layout x = fold.operands().get(0).layout();
    Layout z = fold.operands().get(products ? 1 : 0).layout();
    Layout y = fold.target().layout();
    int outer = x.shape().size(0);
    int axis = x.shape().size(1);
    int n = x.shape().size(2);
    Pointwise first = products ? Pointwise.MULTIPLY : Pointwise.COPY;
    Pointwise next =
        products ? Pointwise.ADD_PRODUCT : fold.max() ? Pointwise.MAXIMUM : Pointwise.ADD;
    return (arena, t) -> {
      float[] u = a.in(arena);
      float[] v = b.in(arena);
      float[] sums = target.in(arena);
      for (int i = 0; i < outer; i++) {
        int at = a.at(t) + i * x.stride(0);
        int other = b.at(t) + i * z.stride(0);
        int to = target.at(t) + i * y.stride(0);
        arena.kernels.pointwise(first, n, u, at, v, other, null, 0, sums, to);
        for (int j = 1; j < axis; j++) {
          at += x.stride(1);
          other += z.stride(1);
          arena.kernels.pointwise(next, n, sums, to, u, at, v, other, sums, to);
        }
      }
    };
  }
}
