package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.layer.Bidirectional;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.plan.internal.Compiler;
import dev.rnn4j.plan.internal.check.Replay;
import dev.rnn4j.plan.internal.check.Residues;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.plan.internal.program.Program;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.SmallWork;
import dev.rnn4j.usage.Cells;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What runs along with loops, of more rows than a block of a sum has, computes the same. */
class AlongTest {
  // weights of 64 elements and more are packed, and only products with these run ahead
  private static final int INPUTS = 8;
  private static final int HIDDEN = 9;

  private final Random random = new Random(41);

  private Recurrent<?> layer(Cells cell, int inputs) {
    return new Recurrent<>(cell.of(inputs, HIDDEN, random));
  }

  /** Checks outputs, gradients, and that threads, passes and the order of the check agree. */
  private void check(int steps, int sequences, Function<Input, Node> network) {
    Input x = Input.of("x", steps, sequences, INPUTS);
    Node y = network.apply(x);
    List<Node> leaves =
        new ArrayList<>(
            Graphs.topological(List.of(y)).stream().filter(Parameter.class::isInstance).toList());
    leaves.add(x);
    List<Node> all = new ArrayList<>(Gradients.of(y.square().sum(), leaves));
    all.add(y);
    Shape shape = x.shape();
    Map<Input, Tensor> values = Map.of(x, new Draw(random).uniform(shape, -1, 1));
    check(all, values);
    check(List.of(y), values);
  }

  private static void check(List<Node> nodes, Map<Input, Tensor> values) {
    String before = System.setProperty("rnn.checks", "plan");
    try {
      Agreement.check(nodes, values, 1);
    } finally {
      SmallWork.restore("rnn.checks", before);
    }
    SmallWork.inParts(() -> Agreement.checkThreads(nodes, values));
    Agreement.checkBits(nodes, values, EnumSet.of(Pass.SHARE));
  }

  @ParameterizedTest
  @EnumSource(Cells.class)
  void ofEveryCell(Cells cell) {
    check(9, 33, layer(cell, INPUTS)::apply);
  }

  @ParameterizedTest
  @CsvSource({"1, 300", "2, 257", "3, 256", "2, 600", "259, 1", "40, 13", "16, 16", "17, 16"})
  void ofManyShapes(int steps, int sequences) {
    check(steps, sequences, layer(Cells.GRU, INPUTS)::apply);
  }

  @Test
  void ofLayersOneOnAnother() {
    check(
        11,
        30,
        x -> layer(Cells.LSTM, HIDDEN).apply(layer(Cells.GRU_RESET_AFTER, INPUTS).apply(x)));
  }

  @Test
  void ofLayersWhoseInputsAreAddedAgain() {
    check(
        11,
        30,
        x -> {
          Node first = layer(Cells.LSTM, INPUTS).apply(x);
          return layer(Cells.LSTM, HIDDEN).apply(first).plus(first);
        });
  }

  @Test
  void ofBothDirections() {
    LstmCell forward = LstmCell.of(INPUTS, HIDDEN, new Philox(1));
    LstmCell backward = LstmCell.of(INPUTS, HIDDEN, new Philox(2));
    check(11, 30, Bidirectional.of(forward, backward)::apply);
  }

  /** A reversed loop reads a product's rows, and a sum after it reads them with rows of its own. */
  @Test
  void aSumOverRowsOfAProductOfOtherSteps() {
    int steps = 10;
    int sequences = 100;
    int kept = sequences * (steps - 1) / steps; // so that all of these are as many as 9 steps have
    Input x = Input.of("x", steps, sequences, INPUTS);
    Draw draw = new Draw(random);
    Parameter w = Parameter.of("w", draw.uniform(Shape.of(INPUTS, HIDDEN), -1, 1));
    Parameter u = Parameter.of("u", draw.uniform(Shape.of(HIDDEN, HIDDEN), -1, 1));
    Node product = x.matmul(w);
    Node[] h = new Node[steps + 1];
    Node[] some = new Node[steps + 1];
    h[steps] = Node.zeros(sequences, HIDDEN);
    some[steps] = Node.zeros(kept, HIDDEN);
    Trace loop = Trace.ofLoop();
    for (int i = steps - 1; i >= 0; i--) {
      int t = i;
      loop.at(
          t,
          () -> {
            State state = new State("state", t == steps - 1);
            Node mean = Node.apply(state, some[t + 1]).mean(0);
            Node sum = product.step(t).plus(Node.apply(state, h[t + 1]).matmul(u)).plus(mean);
            h[t] = sum.tanh();
            some[t] = h[t].slice(0, 0, kept).square();
            return null;
          });
    }
    int rows = kept * steps;
    Node written = Node.stack(Arrays.asList(some).subList(0, steps)).reshape(rows, HIDDEN);
    Node before = product.slice(0, 0, steps - 1).reshape(rows, HIDDEN);
    check(
        List.of(before.transpose().matmul(written), before.times(written).sum(0)),
        Map.of(x, draw.uniform(x.shape(), -1, 1)));
  }

  private Program trained(int steps, int sequences) {
    Input x = Input.of("x", steps, sequences, INPUTS);
    Node loss = layer(Cells.LSTM, INPUTS).apply(x).square().sum();
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    List<Node> gradients = Gradients.of(loss, parameters);
    return Compiler.program(gradients, Set.of(), Map.of(), EnumSet.allOf(Pass.class));
  }

  private static List<Integer> loops(Program program) {
    return IntStream.range(0, program.instructions().size())
        .filter(i -> program.instructions().get(i) instanceof Loop)
        .boxed()
        .toList();
  }

  @Test
  void productsOfInputsAreAheadAndGradientsOfWeightsBehind() {
    Program program = trained(10, 26);
    List<Integer> loops = loops(program);
    assertEquals(2, loops.size());
    assertEquals(4, program.along().ahead(loops.get(0)).size());
    assertEquals(0, program.along().behind(loops.get(0)).size());
    assertEquals(0, program.along().ahead(loops.get(1)).size());
    assertEquals(12, program.along().behind(loops.get(1)).size());
  }

  @Test
  void fewRowsAreNot() {
    Program program = trained(10, 25);
    for (int loop : loops(program)) {
      assertEquals(0, program.along().ahead(loop).size() + program.along().behind(loop).size());
    }
  }

  @Test
  void anArrayThatTheLoopNeedsIsNoPlaceForASum() {
    Program program = trained(10, 26);
    int at = loops(program).get(1);
    Loop loop = (Loop) program.instructions().get(at);
    replay(program);
    Instruction sum = program.along().behind(at).get(0);
    Buffer needed =
        loop.flat().stream()
            .flatMap(each -> each.parts().stream())
            .flatMap(part -> part.operands().stream())
            .filter(x -> x.buffer().kind() == Buffer.Kind.WORK && x.perStep() != 0)
            .findFirst()
            .orElseThrow()
            .buffer();
    sum.target().buffer().slot(needed.slot());
    assertThrows(IllegalStateException.class, () -> replay(program));
  }

  @Test
  void whatRunsAheadIsNoPlaceForWhatASumReads() {
    Input x = Input.of("x", 10, 26, INPUTS);
    Node y = layer(Cells.LSTM, INPUTS).apply(x);
    Parameter w = Parameter.of("w", new Draw(random).uniform(Shape.of(HIDDEN, HIDDEN), -1, 1));
    Node loss = y.matmul(w).tanh().sum();
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    Program program =
        Compiler.program(
            Gradients.of(loss, parameters), Set.of(), Map.of(), EnumSet.allOf(Pass.class));
    int at = loops(program).get(1);
    Set<Integer> written = ((Loop) program.instructions().get(at)).written();
    replay(program);
    Buffer states =
        program.along().behind(at).stream()
            .flatMap(sum -> sum.operands().stream())
            .map(Place::buffer)
            .filter(buffer -> buffer.kind() == Buffer.Kind.WORK)
            .filter(buffer -> !written.contains(buffer.slot()))
            .findFirst()
            .orElseThrow();
    program.along().ahead(at).get(0).target().buffer().slot(states.slot());
    String message = assertThrows(IllegalStateException.class, () -> replay(program)).getMessage();
    assertTrue(message.contains("runs along with a loop, and so does"), message);
  }

  private static void replay(Program program) {
    Replay replay = Replay.of(program, Residues::addProduct, (instruction, t, values) -> {});
    replay.compute();
    replay.update();
  }
}
