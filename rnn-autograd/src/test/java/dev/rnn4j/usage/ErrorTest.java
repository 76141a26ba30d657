package dev.rnn4j.usage;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.graph.op.Tanh;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.loss.Losses;
import dev.rnn4j.part.Gate;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BiFunction;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.function.Executable;

/** What a user reads who made a mistake: the first line of every message, word for word. */
class ErrorTest {
  private final Input x = Input.of("x", 2, 3);
  private final Input y = Input.of("y", 4);
  private final Input sequence = Input.of("seq", 5, 2, 3);
  private final Parameter w = parameter("w", 4, 6);
  private final Node scalar = Node.constant(1);

  private static Parameter parameter(String name, int... sizes) {
    return Parameter.of(name, Tensor.zeros(Shape.of(sizes)));
  }

  /** Mistakes by the line that they should give. */
  private static final class Table {
    private final Map<String, Executable> rows = new LinkedHashMap<>();

    Table row(String line, Executable mistake) {
      assertEquals(null, rows.put(line, mistake), "two rows for: " + line);
      return this;
    }

    Stream<DynamicTest> tests(Class<? extends RuntimeException> type) {
      return rows.entrySet().stream()
          .map(
              row ->
                  dynamicTest(
                      row.getKey(),
                      () -> {
                        RuntimeException e = assertThrows(RuntimeException.class, row.getValue());
                        assertEquals(row.getKey(), e.getMessage().lines().findFirst().get());
                        assertInstanceOf(type, e);
                      }));
    }
  }

  // ---------------------------------------------------------------- shapes

  @TestFactory
  Stream<DynamicTest> shapesThatDoNotFit() {
    return new Table()
        .row(
            "add: x [2, 3] and y [4] do not broadcast:"
                + " from the last axis on, sizes must be equal, or one of them 1",
            () -> x.plus(y))
        .row(
            "select: x [2, 3], y [4] and ones [] do not broadcast:"
                + " from the last axis on, sizes must be equal, or one of them 1",
            () -> x.select(y, scalar))
        .row("matmul: x [2, 3] does not fit w [4, 6]", () -> x.matmul(w))
        .row("matmul: x [2, 3] does not fit transpose [2, 3]", () -> x.matmul(x.transpose(0, 1)))
        .row(
            "matmul: x [2, 3] and y [4] must both have two axes or more: use reshape",
            () -> x.matmul(y))
        .row(
            "matmul: seq [5, 2, 3] does not fit b [2, 3, 4]:"
                + " the axes before the last two must be equal, or only on the left",
            () -> sequence.matmul(Input.of("b", 2, 3, 4)))
        .row(
            "transpose: y [4] cannot be transposed by [1, 0]: name each of its axes once",
            () -> y.transpose())
        .row(
            "transpose: x [2, 3] cannot be transposed by [0, 0]: name each of its axes once",
            () -> x.transpose(0, -2))
        .row(
            "transpose: x [2, 3] cannot be transposed by [0]: name each of its axes once",
            () -> x.transpose(0))
        .row("reshape: x [2, 3] has 6 elements, which do not fit [5]", () -> x.reshape(5))
        .row("reshape: x [2, 3] has 6 elements, which do not fit [-1, 4]", () -> x.reshape(-1, 4))
        .row("reshape: x [2, 3] has 6 elements, which do not fit [-1, -1]", () -> x.reshape(-1, -1))
        .row("reshape: x [2, 3] has 6 elements, which do not fit [-3, -2]", () -> x.reshape(-3, -2))
        .row(
            "broadcastTo: x [2, 3] does not broadcast to [3, 3]",
            () -> x.broadcastTo(Shape.of(3, 3)))
        .row("slice: x [2, 3] has no part 2 to 5 of axis 1: its size is 3", () -> x.slice(-1, 2, 5))
        .row(
            "slice: x [2, 3] has no part -1 to 1 of axis 0: its size is 2", () -> x.slice(0, -1, 1))
        .row("slice: x [2, 3] has no axis 2", () -> x.slice(2, 0, 1))
        .row("split: x [2, 3] has no axis -3", () -> x.split(-3, 1))
        .row("concat: x [2, 3] has no axis 2", () -> Node.concat(2, x, x))
        .row(
            "concat: x [2, 3] and z [2, 4] differ in another axis than 0",
            () -> Node.concat(0, x, Input.of("z", 2, 4)))
        .row("step: x [2, 3] has no step 2", () -> x.step(2))
        .row("step: x [2, 3] has no step -1", () -> x.step(-1))
        .row("step: ones [] has no step 0", () -> scalar.step(0))
        .row("stack: x [2, 3] and y [4] are not of one shape", () -> Node.stack(List.of(x, y)))
        .row("sum: x [2, 3] and y [4] are not of one shape", () -> Node.sum(List.of(x, y)))
        .row("sum: x [2, 3] has no axis 2", () -> x.sum(2))
        .row("mean: x [2, 3] has no axis 7", () -> x.meanKeeping(7))
        .row("max: x [2, 3] has no axis -3", () -> x.max(-3))
        .row("sum: axis 0 of x [2, 3] is named twice; name it once", () -> x.sum(0, 0))
        .row("mean: axis 1 of x [2, 3] is named twice; name it once", () -> x.mean(1, 0, -1))
        .row("max: axis 0 of x [2, 3] is named twice; name it once", () -> x.maxKeeping(-2, 0))
        .row("softmax: ones [] has no axis -1", () -> scalar.softmax())
        .row("logSumExp: ones [] has no axis -1", () -> scalar.logSumExp())
        .row("gather: y [4] is no table: gather takes [V, E]", () -> y.gather(x))
        .row(
            "scatterAdd: x [2, 3] has not one row for each index of y [4]",
            () -> Node.apply(new ScatterAdd(3), x, y))
        .row("add: it takes 2 operands, and was given 1", () -> Node.apply(Add.OP, x))
        .row("tanh: it takes 1 operands, and was given 2", () -> Node.apply(Tanh.OP, x, x))
        .row("a shape cannot have the size -1: [-1]", () -> Node.zeros(-1))
        .row("a shape cannot have the size -1: [2, -1]", () -> Input.of("q", 2, -1))
        .row("inputSize is -1, and must be 1 or more", () -> Gate.of(-1, 3, new Random(1)))
        .row("outputSize is -1, and must be 1 or more", () -> Dense.of(3, -1, new Random(1)))
        .row(
            "the shape [46341, 46341] has more than 2147483647 elements",
            () -> Node.zeros(46341, 46341))
        .row(
            "a gate takes weightIh [I, H], weightHh [H, H] and bias [H],"
                + " and was given [3, 4], [4, 5] and [4]",
            () -> new Gate(parameter("i", 3, 4), parameter("h", 4, 5), parameter("b", 4)))
        .row(
            "a gate takes weightIh [I, H], weightHh [H, H] and bias [H],"
                + " and was given [3, 4], [4, 4] and [1, 4]",
            () -> new Gate(parameter("i", 3, 4), parameter("h", 4, 4), parameter("b", 1, 4)))
        .row(
            "a dense layer takes weight [I, O] and bias [O], and was given [3, 4] and [3]",
            () -> new Dense(parameter("w", 3, 4), parameter("b", 3)))
        .row(
            "the prediction x [2, 3] and the target y [4] must have one shape",
            () -> Losses.meanSquaredError().of(x, y).mean())
        .tests(ShapeException.class);
  }

  @TestFactory
  Stream<DynamicTest> argumentsThatMakeNoSense() {
    return new Table()
        .row("add: operand 1 is null", () -> x.plus((Node) null))
        .row("stack: operand 0 is null", () -> Node.stack(Arrays.asList(null, x)))
        .row("split: axis 1 of x [2, 3] cannot be cut into 2 equal parts", () -> x.split(1, 2))
        .row("split: axis 1 of x [2, 3] cannot be cut into 0 equal parts", () -> x.split(1, 0))
        .row("concat: there is nothing to join", () -> Node.concat(0))
        .row("stack: there is nothing to stack", () -> Node.stack(List.of()))
        .row("sum: there is nothing to add", () -> Node.sum(List.of()))
        .row(
            "a gradient is taken of one number, and x [2, 3] has 6: sum() or mean() it first",
            () -> Gradients.of(x, List.of(x)))
        .row("no gradient is taken of null", () -> Gradients.of(x.sum(), Arrays.asList(x, null)))
        .row("the input x [2, 3] has no value: name it among those given", () -> x.tanh().eval())
        .row(
            "x [2, 3] was given a value of shape [2]",
            () -> x.tanh().eval(Map.of(x, Tensor.of(1, 2))))
        .tests(IllegalArgumentException.class);
  }

  @Test
  void theInterpreterNamesAnIndexLikeAPlan() {
    Input index = Input.of("index", 4, 2);
    Tensor indices = Tensor.of(Shape.of(4, 2), 0.0, 1, 1, 0, 0, 2, 0, 1);
    Node rows = x.gather(index);
    String message =
        "gather: the input index at time step 2, sequence 1 is 2.0, and the rows of the table are"
            + " whole numbers from 0 to 1";
    Session session = Plan.of(rows).compile(Precision.FLOAT64).session().set(index, indices);
    for (Executable run :
        List.<Executable>of(
            session::run, () -> rows.eval(Map.of(x, Tensor.zeros(x.shape()), index, indices)))) {
      assertEquals(message, assertThrows(IndexOutOfBoundsException.class, run).getMessage());
    }
  }

  @TestFactory
  Stream<DynamicTest> indicesThatAreNone() {
    Table table = new Table();
    Input index = Input.of("index", 2);
    Node row = x.gather(index);
    Node sum = Node.apply(new ScatterAdd(2), Input.of("v", 2, 3), index);
    for (double bad : new double[] {2, -1, 0.5, Double.NaN}) {
      String words =
          ": the input index at sequence 1 is "
              + bad
              + ", and the rows of the table are whole numbers from 0 to 1";
      for (Node node : List.of(row, sum)) {
        Session session = Plan.of(node).compile(Precision.FLOAT32).session();
        table.row(node.op() + words, () -> session.set(index, 0, bad).run());
      }
    }
    return table.tests(IndexOutOfBoundsException.class);
  }

  // ---------------------------------------------------------------- cells

  /** A cell that does what a test says. */
  private record Odd<S>(S initial, BiFunction<Node, S, Step<S>> equation) implements Cell<S> {
    @Override
    public S initialState(int batchSize) {
      return initial;
    }

    @Override
    public Step<S> step(Node x, S state) {
      return equation.apply(x, state);
    }
  }

  private <S> Executable applying(S initial, BiFunction<Node, S, Step<S>> equation) {
    return () -> new Recurrent<>(new Odd<>(initial, equation)).apply(sequence);
  }

  private static Recurrent<ElmanCell.State> elman() {
    return new Recurrent<>(ElmanCell.of(3, 4, new Random(1)));
  }

  private static Executable given(Node sequence, Node h) {
    return () -> elman().unroll(Signal.of(sequence), new ElmanCell.State(h));
  }

  @TestFactory
  Stream<DynamicTest> cellsAndSequences() {
    Node zeros = Node.zeros(2, 3);
    return new Table()
        .row(
            "a cell is unrolled over a sequence [T, N, I], time first, and x [2, 3] is none",
            () -> elman().apply(x))
        .row(
            "a cell is unrolled over a sequence [T, N, I], time first, and y [4] is none",
            () -> Unroll.backward(elman().cell(), Signal.of(y), new ElmanCell.State(zeros)))
        .row(
            "a cell is unrolled over at least one step of one sequence,"
                + " and e [0, 2, 3] has T = 0, N = 2",
            () -> elman().apply(Input.of("e", 0, 2, 3)))
        .row(
            "a cell is unrolled over at least one step of one sequence,"
                + " and e [5, 0, 3] has T = 5, N = 0",
            () -> elman().last().apply(Input.of("e", 5, 0, 3)))
        .row(
            "matmul: step [2, 7] does not fit cell.gate.weightIh [3, 4]",
            () -> elman().apply(Input.of("e", 5, 2, 7)))
        .row(
            "add: matmul [2, 4] and matmul [3, 4] do not broadcast:"
                + " from the last axis on, sizes must be equal, or one of them 1",
            given(sequence, Node.zeros(3, 4)))
        .row(
            "the cell ElmanCell was given the state h as [1, 4] and returned it as [2, 4]"
                + " at time step 0; a state keeps its shape:"
                + " look at the cell's step and at the initial state",
            given(sequence, Node.zeros(1, 4)))
        .row(
            "matmul: state h [2, 5] does not fit cell.gate.weightHh [4, 4]",
            given(sequence, Node.zeros(2, 5)))
        .row(
            "the cell Odd was given the state as [2, 3] and returned it as [2, 1]"
                + " at time step 0; a state keeps its shape:"
                + " look at the cell's step and at the initial state",
            applying(zeros, (in, h) -> new Step<>(in, in.slice(1, 0, 1))))
        .row(
            "the cell Odd returned 2 state tensors at time step 0, and was given 1",
            applying(List.of(zeros), (in, h) -> new Step<>(in, List.of(in, in))))
        .tests(ShapeException.class);
  }

  @TestFactory
  Stream<DynamicTest> statesThatAreNone() {
    String states = "a state is made of nodes, and records or lists of them, but ";
    Node zeros = Node.zeros(2, 3);
    return new Table()
        .row(states + "h is null", given(sequence, null))
        .row(states + "this state is null", () -> elman().unroll(Signal.of(sequence), null))
        .row(
            states + "this state is of the class String",
            applying("text", (in, h) -> new Step<>(in, h)))
        .row(
            states + "1 is of the class Integer",
            applying(List.of(zeros, 7), (in, h) -> new Step<>(in, h)))
        .tests(IllegalArgumentException.class);
  }

  @Test
  void aCellReturnsOutputAndState() {
    Node zeros = Node.zeros(2, 3);
    for (Executable mistake :
        List.<Executable>of(
            applying(zeros, (in, h) -> null),
            applying(zeros, (in, h) -> new Step<>(null, h)),
            applying(zeros, (in, h) -> new Step<>(in, null)))) {
      assertEquals(
          "the cell Odd must return an output and a state at time step 0",
          assertThrows(IllegalArgumentException.class, mistake).getMessage());
    }
  }

  @Test
  void theTimeStepIsTheOneThatFailed() {
    int[] calls = {0};
    Node zeros = Node.zeros(2, 3);
    assertEquals(
        "the cell Odd must return an output and a state at time step 3",
        assertThrows(
                IllegalArgumentException.class,
                applying(zeros, (in, h) -> calls[0]++ < 3 ? new Step<>(in, in) : null))
            .getMessage());
  }

  // ---------------------------------------------------------------- plans

  @TestFactory
  Stream<DynamicTest> plansAndSessions() {
    Node output = x.tanh();
    Session session = Plan.of(output).compile(Precision.FLOAT32).session();
    Weights weights = Weights.of(Precision.FLOAT32);
    Dense dense = Dense.of(2, 1, new Random(1));
    Tensor weight = Tensor.zeros(Shape.of(2, 1));
    Tensor bias = Tensor.zeros(Shape.of(1));
    return new Table()
        .row(
            "tanh [2, 3] is no input or output of this plan: name it in Plan.of(...) to read it",
            () -> session.get(x.tanh()))
        .row(
            "y [4] is no input or output of this plan: name it in Plan.of(...) to read it",
            () -> session.get(y))
        .row(
            "y [4] is no input of this plan: nothing in it depends on it",
            () -> session.set(y, 1, 2, 3, 4))
        .row("the input x [2, 3] takes 6 numbers, and was given 2", () -> session.set(x, 1.0, 2.0))
        .row(
            "the input x [2, 3] takes 6 numbers, and was given 1",
            () -> session.set(x, new float[1]))
        .row(
            "the input x [2, 3] was given a value of shape [2]",
            () -> session.set(x, Tensor.of(1, 2)))
        .row("tanh [2, 3] has not one element: use get", () -> session.value(output))
        .row("w [4, 6] cannot take the value of x [2, 3]", () -> Plan.of(output).update(w, x))
        .row("w [4, 6] is given two new values", () -> Plan.of().update(w, w).update(w, w))
        .row("y [4] cannot take the value of tanh [2, 3]", () -> Plan.of().carry(output, y))
        .row("output 0 of the plan is null", () -> Plan.of((Node) null))
        .row(
            "weights and plans are in FLOAT32 or FLOAT64, not null",
            () -> Plan.of(output).compile(null))
        .row("w [4, 6] was given a value of shape [1]", () -> weights.set(w, bias))
        .row(
            "there is no value for the parameter bias",
            () -> weights.setAll(dense, Map.of("weight", weight)))
        .row(
            "the parameter bias [1] was given a value of shape [2, 1]",
            () -> weights.setAll(dense, Map.of("weight", weight, "bias", weight)))
        .row(
            "the model has no parameter c, only [weight, bias]",
            () -> weights.setAll(dense, Map.of("weight", weight, "bias", bias, "c", bias)))
        .tests(IllegalArgumentException.class);
  }

  @Test
  void weightsHaveThePrecisionOfThePlan() {
    Plan.Builder builder = Plan.of(x.tanh()).weights(Weights.of(Precision.FLOAT64));
    assertEquals(
        "the weights are in float64, and the plan is to be in float32",
        assertThrows(IllegalStateException.class, () -> builder.compile(Precision.FLOAT32))
            .getMessage());
  }

  // ---------------------------------------------------------------- below the first line

  private static String messageOf(Executable mistake) {
    return assertThrows(ShapeException.class, mistake).getMessage();
  }

  private static void assertLines(String message, String... patterns) {
    List<String> lines = message.lines().toList();
    assertEquals(patterns.length, lines.size(), message);
    for (int i = 0; i < patterns.length; i++) {
      assertTrue(lines.get(i).matches(patterns[i]), lines.get(i));
    }
  }

  /** A model as a user has it. */
  private record Forecaster(Recurrent<ElmanCell.State> rnn, Dense head) {
    Node apply(Node sequence) {
      return head.apply(rnn.last().apply(sequence));
    }
  }

  @Test
  void aMessageNamesNodeTimeStepLineAndCure() {
    Forecaster model = new Forecaster(elman(), Dense.of(4, 1, new Random(1)));
    Input wide = Input.of("sales", 5, 2, 7);
    assertLines(
        messageOf(
            () -> {
              try (Scope scope = Scope.enter(model)) {
                model.apply(wide);
              }
            }),
        "matmul: step \\[2, 7\\] does not fit rnn.cell.gate.weightIh \\[3, 4\\]",
        "  fix      the parameter takes 3 features, and the input sales \\[5, 2, 7\\] has 7",
        "  node     rnn.cell.gate/matmul, time step 0",
        "  built at dev.rnn4j.usage.ErrorTest\\$Forecaster.apply\\(ErrorTest.java:\\d+\\)");
  }

  @Test
  void aLineOfACustomCellIsNamed() {
    record Wrong(Gate gate) implements Cell<Node> {
      @Override
      public Node initialState(int batchSize) {
        return Node.zeros(batchSize, gate.hiddenSize());
      }

      @Override
      public Step<Node> step(Node in, Node h) {
        Node next = gate.apply(in, h).times(in);
        return new Step<>(next, next);
      }
    }
    assertLines(
        messageOf(() -> new Recurrent<>(new Wrong(Gate.of(3, 4, new Random(1)))).apply(sequence)),
        "multiply: add \\[2, 4\\] and step \\[2, 3\\] do not broadcast: .*",
        "  node     cell/multiply, time step 0",
        "  built at dev.rnn4j.usage.ErrorTest\\$1Wrong.step\\(ErrorTest.java:\\d+\\)");
  }

  @Test
  void aStateForAnotherNumberOfSequencesIsNamed() {
    assertLines(
        messageOf(given(sequence, Node.zeros(3, 4))),
        "add: matmul \\[2, 4\\] and matmul \\[3, 4\\] do not broadcast: .*",
        "  node     cell/add, time step 0",
        "  built at dev.rnn4j.usage.ErrorTest.*",
        "  fix      the state h has the shape \\[3, 4\\], and the sequence has N = 2");
  }

  @Test
  void anErrorOutsideAnyModelNamesItsLine() {
    assertLines(
        messageOf(() -> x.sum(2)),
        "sum: x \\[2, 3\\] has no axis 2",
        "  node     sum",
        "  built at dev.rnn4j.usage.ErrorTest.*");
  }

  @Test
  void afterAnErrorTheNextGraphIsBuiltAsIfNothingHadHappened() {
    assertThrows(ShapeException.class, () -> elman().apply(Input.of("e", 5, 2, 7)));
    Node fine = Node.zeros(2).plus(1);
    assertEquals("add", fine.family().label());
    assertEquals(dev.rnn4j.graph.Trace.NO_STEP, fine.step());
  }
}
