package dev.rnn4j.plan.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.usage.Cells;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Which time loops are cut by sequences. */
class RowsTest {
  private static List<Loop> loops(Cells cell, int batch, int hidden) {
    Input x = Input.of("x", 6, batch, 3);
    Node loss = new Recurrent<>(cell.of(3, hidden, new Random(5))).apply(x).square().sum();
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    List<Loop> loops = new ArrayList<>();
    List<Node> outputs = Gradients.of(loss, parameters);
    Program program = Compiler.program(outputs, Set.of(), Map.of(), EnumSet.allOf(Pass.class));
    for (Instruction instruction : program.instructions()) {
      if (instruction instanceof Loop loop) {
        loops.add(loop);
      }
    }
    assertFalse(loops.isEmpty());
    return loops;
  }

  @ParameterizedTest
  @EnumSource(Cells.class)
  void loopsAreCutWhereSequencesAreIndependent(Cells cell) {
    for (int batch : new int[] {2, 3, 8, 13}) {
      List<Loop> loops = loops(cell, batch, 5);
      if (cell.isIndependent()) {
        for (Loop loop : loops) {
          if (loop.flat().stream().anyMatch(Instruction.Scatter.class::isInstance)) {
            continue; // rows of a table are sums over sequences
          }
          Rows rows = Rows.of(loop);
          assertTrue(rows != null, () -> cell + ", " + batch + ": " + loop.flat());
          assertEquals(batch, rows.count());
        }
      } else {
        assertTrue(loops.stream().anyMatch(loop -> Rows.of(loop) == null), cell + " " + batch);
      }
    }
  }

  @ParameterizedTest
  @EnumSource(
      value = Cells.class,
      names = {"ELMAN", "LSTM", "GRU", "LAYER_NORM_LSTM", "MGU", "PEEPHOLE_LSTM", "LAYER_NORM"})
  void asManySequencesAsFeaturesAreNoObstacle(Cells cell) {
    for (Loop loop : loops(cell, 8, 8)) {
      assertEquals(8, Rows.of(loop).count());
    }
  }

  @ParameterizedTest
  @CsvSource({"1, 5", "1, 1"})
  void oneSequenceIsNotCut(int batch, int hidden) {
    for (Loop loop : loops(Cells.ELMAN, batch, hidden)) {
      assertTrue(Rows.of(loop) == null, () -> "" + loop.flat());
    }
  }
}
