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
    if (fold.max()) {
      return arena ->
          arena.kernels.max(
              outer, axis, inner, arena.arrays[from], fromOffset, arena.arrays[to], toOffset);
    }
    return arena ->
        arena.kernels.sum(
            outer, axis, inner, arena.arrays[from], fromOffset, arena.arrays[to], toOffset);
  }
}
