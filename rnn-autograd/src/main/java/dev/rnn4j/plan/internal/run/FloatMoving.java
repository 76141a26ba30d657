package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.kernel.FloatMoves;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import java.util.Arrays;
import java.util.List;

/** The code that moves values: copies, lookups, scattered sums. */
final class FloatMoving {
  private FloatMoving() {}

  static FloatCode copy(Instruction.Copy copy) {
    Place x = copy.operand();
    Place y = copy.target();
    Loops loops = Loops.over(List.of(y.layout(), x.layout()));
    int from = x.buffer().slot();
    int to = y.buffer().slot();
    int xOffset = x.layout().offset();
    int yOffset = y.layout().offset();
    int xStep = x.perStep();
    int yStep = y.perStep();
    int[] sizes = loops.sizes();
    int[] yStrides = loops.strides()[0];
    int[] xStrides = loops.strides()[1];
    return (arena, t) ->
        FloatMoves.copy(
            sizes,
            arena.arrays[from],
            xOffset + t * xStep,
            xStrides,
            arena.arrays[to],
            yOffset + t * yStep,
            yStrides);
  }

  static FloatCode lookup(Instruction.Lookup lookup) {
    int count = lookup.indices().shape().elements();
    int width = lookup.table().shape().size(1);
    int rows = lookup.table().shape().size(0);
    int table = lookup.table().buffer().slot();
    int tableOffset = lookup.table().layout().offset();
    int indices = lookup.indices().buffer().slot();
    int indicesOffset = lookup.indices().layout().offset();
    int to = lookup.target().buffer().slot();
    int toOffset = lookup.target().layout().offset();
    int tableStep = lookup.table().perStep();
    int indicesStep = lookup.indices().perStep();
    int toStep = lookup.target().perStep();
    return (arena, t) -> {
      try {
        FloatMoves.gather(
            count,
            width,
            arena.arrays[table],
            tableOffset + t * tableStep,
            rows,
            arena.arrays[indices],
            indicesOffset + t * indicesStep,
            arena.arrays[to],
            toOffset + t * toStep);
      } catch (IndexOutOfBoundsException e) {
        throw badIndex(lookup, t, arena.arrays[indices], indicesOffset + t * indicesStep, rows);
      }
    };
  }

  static FloatCode scatter(Instruction.Scatter scatter) {
    int count = scatter.indices().shape().elements();
    int width = scatter.target().shape().size(1);
    int rows = scatter.target().shape().size(0);
    int from = scatter.rows().buffer().slot();
    int fromOffset = scatter.rows().layout().offset();
    int indices = scatter.indices().buffer().slot();
    int indicesOffset = scatter.indices().layout().offset();
    int to = scatter.target().buffer().slot();
    int toOffset = scatter.target().layout().offset();
    int fromStep = scatter.rows().perStep();
    int indicesStep = scatter.indices().perStep();
    int toStep = scatter.target().perStep();
    return (arena, t) -> {
      float[] table = arena.arrays[to];
      int begin = toOffset + t * toStep;
      Arrays.fill(table, begin, begin + rows * width, 0);
      try {
        FloatMoves.scatterAdd(
            count,
            width,
            arena.arrays[from],
            fromOffset + t * fromStep,
            arena.arrays[indices],
            indicesOffset + t * indicesStep,
            rows,
            table,
            begin);
      } catch (IndexOutOfBoundsException e) {
        throw badIndex(scatter, t, arena.arrays[indices], indicesOffset + t * indicesStep, rows);
      }
    };
  }

  private static IndexOutOfBoundsException badIndex(
      Instruction instruction, int t, float[] indices, int from, int rows) {
    int position = 0;
    while (FloatMoves.isRow(indices[from + position], rows)) {
      position++;
    }
    return Gather.badIndex(instruction.node(), t, position, indices[from + position], rows);
  }
}
