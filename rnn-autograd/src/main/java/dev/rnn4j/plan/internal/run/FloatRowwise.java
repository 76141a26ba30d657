package dev.rnn4j.plan.internal.run;

import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;

/** The code of what is computed row by row. */
final class FloatRowwise {
  private FloatRowwise() {}

  static FloatCode of(Instruction.Rowwise rowwise) {
    int rows = rowwise.target().shape().size(0);
    int n = rowwise.target().shape().size(1);
    float epsilon = (float) rowwise.epsilon();
    Place x = rowwise.operands().get(0);
    int from = x.buffer().slot();
    int fromOffset = x.layout().offset();
    int fromStep = x.perStep();
    int to = rowwise.target().buffer().slot();
    int toOffset = rowwise.target().layout().offset();
    int toStep = rowwise.target().perStep();
    if (rowwise.operands().size() == 1) {
      return (arena, t) ->
          arena.kernels.normalize(
              rows,
              n,
              epsilon,
              arena.arrays[from],
              fromOffset + t * fromStep,
              arena.arrays[to],
              toOffset + t * toStep);
    }
    Place g = rowwise.operands().get(1);
    int upstream = g.buffer().slot();
    int upstreamOffset = g.layout().offset();
    int upstreamStep = g.perStep();
    return (arena, t) ->
        arena.kernels.normalizeGradient(
            rows,
            n,
            epsilon,
            arena.arrays[from],
            fromOffset + t * fromStep,
            arena.arrays[upstream],
            upstreamOffset + t * upstreamStep,
            arena.arrays[to],
            toOffset + t * toStep);
  }
}
