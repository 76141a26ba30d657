package dev.rnn4j.plan.internal;

import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.tensor.Layout;

/** The code of sums and largest values along an axis. */
final class FloatFold {
  private FloatFold() {}

  static FloatCode of(Instruction.Fold fold) {
    int outer = fold.operand().shape().size(0);
    int axis = fold.operand().shape().size(1);
    int inner = fold.operand().shape().size(2);
    int from = fold.operand().buffer().slot();
    int fromOffset = fold.operand().layout().offset();
    int to = fold.target().buffer().slot();
    int toOffset = fold.target().layout().offset();
    int fromStep = fold.operand().perStep();
    int toStep = fold.target().perStep();
    int row = fold.operand().layout().stride(1);
    if (axis > 1 && row != inner) {
      return columns(fold);
    }
    if (fold.max()) {
      return (arena, t) ->
          arena.kernels.max(
              outer,
              axis,
              inner,
              arena.arrays[from],
              fromOffset + t * fromStep,
              arena.arrays[to],
              toOffset + t * toStep);
    }
    return (arena, t) ->
        arena.kernels.sum(
            outer,
            axis,
            inner,
            arena.arrays[from],
            fromOffset + t * fromStep,
            arena.arrays[to],
            toOffset + t * toStep);
  }

  /** Some of the columns that are folded: row by row, as kernels fold all of them. */
  private static FloatCode columns(Instruction.Fold fold) {
    Layout x = fold.operand().layout();
    Layout y = fold.target().layout();
    int outer = x.shape().size(0);
    int axis = x.shape().size(1);
    int n = x.shape().size(2);
    Pointwise op = fold.max() ? Pointwise.MAXIMUM : Pointwise.ADD;
    int from = fold.operand().buffer().slot();
    int fromStep = fold.operand().perStep();
    int to = fold.target().buffer().slot();
    int toStep = fold.target().perStep();
    return (arena, t) -> {
      float[] operand = arena.arrays[from];
      float[] target = arena.arrays[to];
      for (int i = 0; i < outer; i++) {
        int next = x.offset() + t * fromStep + i * x.stride(0);
        int sum = y.offset() + t * toStep + i * y.stride(0);
        System.arraycopy(operand, next, target, sum, n);
        for (int j = 1; j < axis; j++) {
          next += x.stride(1);
          arena.kernels.pointwise(op, n, target, sum, operand, next, target, sum, target, sum);
        }
      }
    };
  }
}
