package dev.rnn4j.plan.internal.run;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Phases;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.testing.SmallWork;
import dev.rnn4j.usage.Cells;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What each thread does of a phase. */
class SplitTest {
  private static List<List<Instruction>> phases(Cells cell) {
    Input x = Input.of("x", 6, 8, 32);
    Node loss = new Recurrent<>(cell.of(32, 64, new Random(5))).apply(x).square().sum();
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    List<Node> gradients = Gradients.of(loss, parameters);
    Program program = Compiler.program(gradients, Set.of(), Map.of(), EnumSet.allOf(Pass.class));
    return Phases.of(program.instructions(), Buffer::slot);
  }

  @ParameterizedTest
  @EnumSource(Cells.class)
  void everyElementIsComputedOnce(Cells cell) {
    for (List<Instruction> phase : phases(cell)) {
      if (phase.get(0) instanceof Loop) {
        continue;
      }
      for (int threads : new int[] {1, 2, 3, 7}) {
        Map<Buffer, Set<Integer>> parts =
            elements(dealt(phase, threads).stream().flatMap(List::stream).toList());
        assertEquals(elements(phase), parts, cell + " on " + threads + " threads");
      }
    }
  }

  private static List<List<Instruction>> dealt(List<Instruction> phase, int threads) {
    List<List<Instruction>> hands = new ArrayList<>();
    SmallWork.inParts(() -> hands.addAll(new Split(threads).of(phase)));
    return hands;
  }

  /** Returns the elements that instructions write, each of them once. */
  private static Map<Buffer, Set<Integer>> elements(List<Instruction> instructions) {
    Map<Buffer, Set<Integer>> all = new HashMap<>();
    for (Instruction instruction : instructions) {
      for (Place target : instruction.targets()) {
        if (target.buffer().kind() != Buffer.Kind.TILE) {
          Set<Integer> elements = all.computeIfAbsent(target.buffer(), b -> new HashSet<>());
          add(target, 0, target.layout().offset(), elements);
        }
      }
    }
    return all;
  }

  private static void add(Place place, int axis, int at, Set<Integer> elements) {
    if (axis == place.shape().rank()) {
      assertTrue(elements.add(at), () -> place + " is written twice at " + at);
      return;
    }
    for (int i = 0; i < place.shape().size(axis); i++) {
      add(place, axis + 1, at + i * place.layout().stride(axis), elements);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 4, 7})
  void theGradientsOfWeightsAreDealtOutEvenly(int threads) {
    for (Cells cell : List.of(Cells.ELMAN, Cells.GRU, Cells.LSTM)) {
      List<List<Instruction>> phases = phases(cell);
      List<Instruction> last = phases.get(phases.size() - 1);
      assertTrue(last.size() >= 3, () -> cell + ": " + last);
      List<List<Instruction>> hands = dealt(last, threads);
      assertEquals(threads, hands.size());
      long most = hands.stream().mapToLong(SplitTest::work).max().orElseThrow();
      assertTrue(most * threads <= 1.35 * work(last), cell + " " + threads + ": " + hands);
    }
  }

  private static long work(List<Instruction> instructions) {
    return instructions.stream().mapToLong(Instruction::work).sum();
  }

  @Test
  void twoThreadsTakeWholeGatesOfAnLstm() {
    List<List<Instruction>> phases = phases(Cells.LSTM);
    List<Instruction> last = phases.get(phases.size() - 1);
    List<List<Instruction>> hands = dealt(last, 2);
    assertEquals(last, hands.stream().flatMap(List::stream).toList());
    for (List<Instruction> hand : hands) {
      assertEquals(4, hand.stream().filter(Product.class::isInstance).count());
      assertEquals(2, hand.stream().filter(Fold.class::isInstance).count());
    }
  }
}
