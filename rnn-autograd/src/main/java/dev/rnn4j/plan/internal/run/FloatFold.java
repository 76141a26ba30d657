package dev.rnn4j.plan.internal.run;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
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
    Place x = fold.operands().get(0);
    Place y = fold.target();
    if (axis > 1 && x.layout().stride(1) != inner) {
      return columns(fold);
    }
    int from = x.buffer().slot();
    int fromOffset = x.layout().offset();
    int fromStep = x.perStep();
    int to = y.buffer().slot();
    int toOffset = y.layout().offset();
    int toStep = y.perStep();
    if (fold.operands().size() == 1) {
      return fold.max()
          ? (arena, t) ->
              arena.kernels.max(
                  outer,
                  axis,
                  inner,
                  arena.arrays[from],
                  fromOffset + t * fromStep,
                  arena.arrays[to],
                  toOffset + t * toStep)
          : (arena, t) ->
              arena.kernels.sum(
                  outer,
                  axis,
                  inner,
                  arena.arrays[from],
                  fromOffset + t * fromStep,
                  arena.arrays[to],
                  toOffset + t * toStep);
    }
    Place x2 = fold.operands().get(1);
    int from2 = x2.buffer().slot();
    int fromOffset2 = x2.layout().offset();
    int fromStep2 = x2.perStep();
    return (arena, t) ->
        arena.kernels.sumOfProducts(
            outer,
            axis,
            inner,
            arena.arrays[from],
            fromOffset + t * fromStep,
            arena.arrays[from2],
            fromOffset2 + t * fromStep2,
            arena.arrays[to],
            toOffset + t * toStep);
  }

  /** Some of the columns that are folded: row by row, as kernels fold all of them. */
  private static FloatCode columns(Instruction.Fold fold) {
    boolean products = fold.operands().size() > 1;
    Place a = fold.operands().get(0);
    Place b = fold.operands().get(products ? 1 : 0);
    Layout x = a.layout();
    Layout y = fold.target().layout();
    int outer = x.shape().size(0);
    int axis = x.shape().size(1);
    int n = x.shape().size(2);
    Pointwise first = products ? Pointwise.MULTIPLY : Pointwise.COPY;
    Pointwise next =
        products ? Pointwise.ADD_PRODUCT : fold.max() ? Pointwise.MAXIMUM : Pointwise.ADD;
    return (arena, t) -> {
      float[] u = arena.arrays[a.buffer().slot()];
      float[] v = arena.arrays[b.buffer().slot()];
      float[] target = arena.arrays[fold.target().buffer().slot()];
      for (int i = 0; i < outer; i++) {
        int at = x.offset() + t * a.perStep() + i * x.stride(0);
        int to = y.offset() + t * fold.target().perStep() + i * y.stride(0);
        int other = b.layout().offset() + t * b.perStep() + i * b.layout().stride(0);
        arena.kernels.pointwise(first, n, u, at, v, other, null, 0, target, to);
        for (int j = 1; j < axis; j++) {
          at += x.stride(1);
          other += b.layout().stride(1);
          arena.kernels.pointwise(next, n, target, to, u, at, v, other, target, to);
        }
      }
    };
  }
}
