package dev.rnn4j.plan.internal;

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
}
