package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction;

/** The code of what is computed row by row. */
final class FloatRowwise {
  private FloatRowwise() {}

  static FloatCode of(Instruction.Rowwise rowwise) {
    int rows = rowwise.target().shape().size(0);
    int n = rowwise.target().shape().size(1);
    float epsilon = (float) rowwise.epsilon();
    FloatSpot x = new FloatSpot(rowwise.operands().get(0));
    FloatSpot y = new FloatSpot(rowwise.target());
    if (rowwise.operands().size() == 1) {
      return (arena, t) ->
          arena.kernels.normalize(rows, n, epsilon, x.in(arena), x.at(t), y.in(arena), y.at(t));
    }
    FloatSpot g = new FloatSpot(rowwise.operands().get(1));
    return (arena, t) ->
        arena.kernels.normalizeGradient(
            rows, n, epsilon, x.in(arena), x.at(t), g.in(arena), g.at(t), y.in(arena), y.at(t));
  }
}
