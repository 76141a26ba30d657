package dev.rnn4j.plan.internal.run;

import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.kernel.FloatMoves;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Loops;
import java.util.Arrays;
import java.util.List;

/** The code that moves values: copies, lookups, scattered sums. */
final class FloatMoving {
  private FloatMoving() {}

  static FloatCode copy(Instruction.Copy copy) {
    FloatSpot x = new FloatSpot(copy.operand());
    FloatSpot y = new FloatSpot(copy.target());
    Loops loops = Loops.over(List.of(copy.target().layout(), copy.operand().layout()));
    int[] sizes = loops.sizes();
    int[] yStrides = loops.strides()[0];
    int[] xStrides = loops.strides()[1];
    return (arena, t) ->
        FloatMoves.copy(sizes, x.in(arena), x.at(t), xStrides, y.in(arena), y.at(t), yStrides);
  }

  static FloatCode lookup(Instruction.Lookup lookup) {
    int count = lookup.indices().shape().elements();
    int width = lookup.table().shape().size(1);
    int rows = lookup.table().shape().size(0);
    FloatSpot table = new FloatSpot(lookup.table());
    FloatSpot indices = new FloatSpot(lookup.indices());
    FloatSpot y = new FloatSpot(lookup.target());
    return (arena, t) -> {
      float[] at = indices.in(arena);
      int first = indices.at(t);
      try {
        FloatMoves.gather(
            count, width, table.in(arena), table.at(t), rows, at, first, y.in(arena), y.at(t));
      } catch (IndexOutOfBoundsException e) {
        throw badIndex(lookup, t, at, first, rows);
      }
    };
  }

  static FloatCode scatter(Instruction.Scatter scatter) {
    int count = scatter.indices().shape().elements();
    int width = scatter.target().shape().size(1);
    int rows = scatter.target().shape().size(0);
    FloatSpot x = new FloatSpot(scatter.rows());
    FloatSpot indices = new FloatSpot(scatter.indices());
    FloatSpot y = new FloatSpot(scatter.target());
    return (arena, t) -> {
      float[] at = indices.in(arena);
      float[] table = y.in(arena);
      Arrays.fill(table, y.at(t), y.at(t) + rows * width, 0);
      try {
        FloatMoves.scatterAdd(
            count, width, x.in(arena), x.at(t), at, indices.at(t), rows, table, y.at(t));
      } catch (IndexOutOfBoundsException e) {
        throw badIndex(scatter, t, at, indices.at(t), rows);
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
