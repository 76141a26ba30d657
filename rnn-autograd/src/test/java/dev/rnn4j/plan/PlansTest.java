package dev.rnn4j.plan;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Cube;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.usage.Cells;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class PlansTest {
  private static final int N = 2;
  private static final int I = 3;
  private static final int H = 5;
  private static final Op CUBE = new Cube();

  /** What is computed of a model: its value, its gradients, or theirs. */
  private enum Order {
    VALUE,
    GRADIENT,
    SECOND_GRADIENT
  }

  /** A graph with its inputs and parameters in the same order at every length. */
  private record Graph(List<Node> leaves, List<Node> outputs) {
    static Graph of(UnaryOperator<Node> model, Order order, int steps) {
      Node y = model.apply(Input.of("x", steps, N, I));
      Node loss = y.square().mean();
      List<Node> leaves = leaves(loss);
      List<Node> outputs = new ArrayList<>(List.of(loss, y));
      if (order != Order.VALUE) {
        outputs.addAll(Gradients.of(loss, leaves));
      }
      if (order == Order.SECOND_GRADIENT) {
        List<Node> squares =
            outputs.subList(2, outputs.size()).stream().map(g -> g.square().sum()).toList();
        outputs.addAll(Gradients.of(Node.sum(squares), leaves));
      }
      return new Graph(leaves, outputs);
    }

    private static List<Node> leaves(Node loss) {
      return Graphs.topological(List.of(loss)).stream()
          .filter(node -> node instanceof Input || node instanceof Parameter)
          .toList();
    }
  }

  /** The plan of a graph. */
  private record Bound(Graph graph, Plan plan) {
    static Bound of(UnaryOperator<Node> model, Order order, int steps, Precision precision) {
      Graph graph = Graph.of(model, order, steps);
      return new Bound(graph, Plan.of(graph.outputs()).compile(precision));
    }
  }

  /** The plans of a model, beside the interpreter. */
  private static final class Check {
    private final UnaryOperator<Node> model;
    private final Order order;
    private final Precision precision;
    private final SharedArrays arrays;

    Check(UnaryOperator<Node> model, Order order, Precision precision) {
      this.model = model;
      this.order = order;
      this.precision = precision;
      this.arrays = SharedArrays.of(precision);
    }

    /** Asserts that a plan computes what the interpreter does. */
    Bound values(int steps) {
      Bound bound = Bound.of(model, order, steps, precision);
      Graph own = Graph.of(model, order, steps);
      Draw draw = new Draw(new Random(steps));
      Map<Node, Tensor> values = new HashMap<>();
      Session session = bound.plan().session(arrays); // in which other lengths left what they had
      for (int i = 0; i < own.leaves().size(); i++) {
        Node leaf = own.leaves().get(i);
        if (leaf instanceof Parameter parameter) {
          values.put(leaf, parameter.initial());
        } else {
          Tensor value = draw.uniform(leaf.shape(), -1, 1);
          values.put(leaf, value);
          session.set((Input) bound.graph().leaves().get(i), value);
        }
      }
      session.run().run(); // the second finds what the first one left
      // Over many steps float32 is far from the interpreter; then a plan is compared with a plan.
      boolean exact = precision == Precision.FLOAT64 || steps <= 9;
      List<Tensor> expected =
          exact
              ? Interpreter.eval(own.outputs(), values)
              : Agreement.run(precision, own.outputs(), values);
      for (int i = 0; i < expected.size(); i++) {
        Agreement.assertClose(
            expected.get(i),
            session.get(bound.graph().outputs().get(i)),
            Agreement.tolerance(precision),
            precision + " " + order + " at T = " + steps + ", output " + i);
      }
      return bound;
    }

    /** Asserts the same of lengths, and that their programs have the same instructions. */
    void oneProgram(int... lengths) {
      List<String> names = names(values(3).plan());
      for (int steps : lengths) {
        List<String> own = names(values(steps).plan());
        if (steps > 2) {
          assertEquals(names, own, order + " at T = " + steps);
        } else { // which may begin or end otherwise
          assertTrue(own.size() <= names.size(), order + " at T = " + steps + ": " + own);
        }
      }
    }
  }

  /** Returns the instructions of a plan without sizes, places and time steps. */
  private static List<String> names(Plan plan) {
    return plan.explain()
        .lines()
        .filter(line -> line.startsWith("  "))
        .map(
            line ->
                line.replaceAll("for t = .*", "loop")
                    .replaceAll("block.*", "block")
                    .replaceAll(" *\\[t = .*", "")
                    .replaceAll("^[^=]*= ([^(]*)\\(.*\\)  ", "$1 "))
        .toList();
  }

  private static void sharesOneProgram(UnaryOperator<Node> model, int... lengths) {
    for (Order order : Order.values()) {
      new Check(model, order, Precision.FLOAT64).oneProgram(lengths);
    }
  }

  private static void isComputed(UnaryOperator<Node> model, int... lengths) {
    for (Order order : Order.values()) {
      Check check = new Check(model, order, Precision.FLOAT64);
      IntStream.of(lengths).forEach(check::values);
    }
  }

  private static Cell<?> elman() {
    return ElmanCell.of(I, H, new Philox(3));
  }

  static Stream<Cell<?>> cells() {
    return Stream.of(
        ElmanCell.of(I, H, new Philox(1)),
        LstmCell.of(I, H, new Philox(2)),
        GruCell.of(I, H, new Philox(3)),
        GruResetAfterCell.of(I, H, new Philox(4)),
        MguCell.of(I, H, new Philox(5)),
        LayerNormLstmCell.of(I, H, new Philox(6)));
  }

  private static <S> Node backward(Cell<S> cell, Node x) {
    return Unroll.backward(cell, Signal.of(x), cell.initialState(N)).outputs().values();
  }

  /** Returns the outputs of a first part, and those of the rest, which starts from its state. */
  private static <S> UnaryOperator<Node> truncated(Cell<S> cell, int first) {
    Recurrent<S> layer = new Recurrent<>(cell);
    return x -> {
      if (x.size(0) <= first) {
        return layer.apply(x);
      }
      Unrolled<S> head = layer.unroll(Signal.of(x.slice(0, 0, first)));
      Unrolled<S> tail = layer.unroll(Signal.of(x.slice(0, first, x.size(0))), head.state());
      return Node.concat(0, head.outputs().values(), tail.outputs().values());
    };
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aLayerHasOneProgram(Cell<?> cell) {
    sharesOneProgram(new Recurrent<>(cell)::apply, 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void layersOneOnTopOfTheOtherHaveOneProgram(Cell<?> cell) {
    Recurrent<?> upper = new Recurrent<>(ElmanCell.of(H, 4, new Philox(7)));
    Dense dense = Dense.of(4, 2, new Philox(8));
    sharesOneProgram(Stacked.of(new Recurrent<>(cell), upper, dense)::apply, 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theLastStepHasOneProgram(Cell<?> cell) {
    sharesOneProgram(new Recurrent<>(cell).last()::apply, 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aReversedLayerHasOneProgram(Cell<?> cell) {
    sharesOneProgram(x -> backward(cell, x), 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void bothDirectionsHaveOneProgram(Cell<?> cell) {
    UnaryOperator<Node> there = new Recurrent<>(cell)::apply;
    UnaryOperator<Node> bothWays = x -> Node.concat(2, there.apply(x), backward(cell, x));
    sharesOneProgram(bothWays, 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void theLastStepsOfBothDirectionsAreComputed(Cell<?> cell) {
    UnaryOperator<Node> there = new Recurrent<>(cell).last()::apply;
    isComputed(x -> Node.concat(1, there.apply(x), backward(cell, x).step(0)), 1, 2, 9, 17);
  }

  @ParameterizedTest
  @MethodSource("cells")
  void anEncoderAndItsDecoderHaveOneProgram(Cell<?> cell) {
    sharesOneProgram(x -> decoded(new Recurrent<>(cell), x), 1, 2, 9, 17);
  }

  private static <S> Node decoded(Recurrent<S> layer, Node x) {
    return layer.unroll(Signal.of(x.tanh()), layer.unroll(Signal.of(x)).state()).outputs().values();
  }

  @ParameterizedTest
  @MethodSource("cells")
  void aSequenceInTwoPartsIsComputed(Cell<?> cell) {
    isComputed(truncated(cell, 4), 1, 2, 3, 4, 5, 6, 9, 30);
  }

  @ParameterizedTest
  @EnumSource(Cells.class)
  void cellsOfUsersAreComputed(Cells cell) {
    isComputed(new Recurrent<>(cell.of(I, H, new Random(9)))::apply, 1, 2, 3, 9, 17);
  }

  /** A cell that shows what came some steps before. */
  private record Delay(int steps) implements Cell<List<Node>> {
    @Override
    public List<Node> initialState(int batchSize) {
      return Collections.nCopies(steps, Node.ones(batchSize, I));
    }

    @Override
    public Step<List<Node>> step(Node x, List<Node> state) {
      List<Node> next = new ArrayList<>(List.of(x.sigmoid()));
      next.addAll(state.subList(0, steps - 1));
      return new Step<>(x.tanh().times(state.get(steps - 1)), next);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 6, 9, 12})
  void whatShortSequencesNeverShowIsNoSurprise(int delay) {
    isComputed(new Recurrent<>(new Delay(delay))::apply, 1, 2, 3, 5, 11, 12, 13, 14, 30);
    isComputed(x -> ends(new Recurrent<>(new Delay(delay)).apply(x), 4), 4, 5, 9, 12, 13, 14, 30);
  }

  /** Returns a sum over the first and the last steps, where long sequences have others between. */
  private static Node ends(Node x, int count) {
    Trace trace = Trace.ofLoop();
    List<Node> steps =
        IntStream.range(0, x.size(0)).mapToObj(t -> trace.at(t, () -> x.step(t).tanh())).toList();
    Node last = Node.stack(steps.subList(steps.size() - count, steps.size()));
    return Node.stack(steps.subList(0, count)).plus(last.exp());
  }

  @Test
  void aThousandStepsHaveTheProgramOfThree() {
    UnaryOperator<Node> model = new Recurrent<>(LstmCell.of(I, H, new Philox(2)))::apply;
    new Check(model, Order.GRADIENT, Precision.FLOAT64).oneProgram(1000);
    new Check(model, Order.GRADIENT, Precision.FLOAT32).oneProgram(1000);
  }

  @Test
  void anotherLayerForLongSequencesIsNoSurprise() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    Dense more = Dense.of(H, H, new Philox(4));
    UnaryOperator<Node> model = x -> x.size(0) > 12 ? more.apply(layer.apply(x)) : layer.apply(x);
    isComputed(model, 1, 3, 9, 12, 13, 20);
  }

  @Test
  void anotherFunctionForLongSequencesIsNoSurprise() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> x.size(0) > 12 ? layer.apply(x).exp() : layer.apply(x).sigmoid(), 1, 9, 13);
  }

  @Test
  void anotherNumberForLongSequencesIsNoSurprise() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> layer.apply(x).times(x.size(0) > 12 ? 0.5 : 2), 1, 9, 12, 13, 20);
    isComputed(x -> layer.apply(x.times(x.size(0) > 12 ? 0.5 : 2)), 1, 9, 12, 13, 20);
    Tensor small = Tensor.of(0.1, -0.2, 0.3);
    Tensor large = Tensor.of(1, 2, 3);
    isComputed(x -> layer.apply(x.times(Node.constant(x.size(0) > 12 ? large : small))), 1, 9, 13);
  }

  /** What a cell does at a time step. */
  private interface Mood {
    Node step(int t, Node x, Moody.State state);
  }

  /** A cell that knows the time step, and what was two steps before. */
  private record Moody(Mood mood, int[] next) implements Cell<Moody.State> {
    private record State(Node h, Node before) {}

    @Override
    public State initialState(int batchSize) {
      next[0] = 0;
      return new State(Node.zeros(batchSize, I), Node.ones(batchSize, I));
    }

    @Override
    public Step<State> step(Node x, State state) {
      Node h = mood.step(next[0]++, x, state);
      return new Step<>(h, new State(h, state.h()));
    }
  }

  static Stream<Mood> moods() {
    Parameter one = Parameter.of(Tensor.of(0.3, -0.2, 0.7));
    Parameter two = Parameter.of(Tensor.of(-0.4, 0.9, 0.1));
    return Stream.of(
        (t, x, s) -> t < 12 ? x.plus(s.h()).tanh() : x.plus(s.h()).sigmoid(),
        (t, x, s) -> (t == 12 ? x.minus(s.h()) : s.h().minus(x)).tanh(),
        (t, x, s) -> x.plus(t == 12 ? s.before() : s.h()).tanh(),
        (t, x, s) -> x.plus(t == 12 ? x : s.h()).tanh(),
        (t, x, s) -> x.times(t < 12 ? one : two).plus(s.h()).tanh(),
        (t, x, s) -> x.plus(s.h()).tanh().times(t == 12 ? 0.5 : 0.7),
        (t, x, s) -> (t == 12 ? x.tanh() : x).plus(s.h()).tanh(),
        (t, x, s) -> (t == 12 ? x.sumKeeping(1) : x).plus(s.h()).tanh());
  }

  @ParameterizedTest
  @MethodSource("moods")
  void aStepThatIsUnlikeTheOthersIsNoSurprise(Mood mood) {
    UnaryOperator<Node> model = new Recurrent<>(new Moody(mood, new int[1]))::apply;
    isComputed(model, 1, 2, 11, 12, 13, 14, 20);
    new Check(model, Order.GRADIENT, Precision.FLOAT64).oneProgram(12);
  }

  @Test
  void aParameterThatAStepMakesIsComputed() {
    Mood mood = (t, x, s) -> x.times(Parameter.of(Tensor.of(0.3, -0.2, 0.1 * t))).plus(s.h());
    isComputed(new Recurrent<>(new Moody(mood, new int[1]))::apply, 1, 2, 9, 12);
  }

  @Test
  void anotherOutputForLongSequencesIsNoSurprise() {
    Recurrent<LstmCell.State> layer = new Recurrent<>(LstmCell.of(I, H, new Philox(2)));
    UnaryOperator<Node> model =
        x -> {
          LstmCell.State last = layer.unroll(Signal.of(x)).state();
          Node both = last.h().plus(last.c());
          return both.times(x.size(0) > 12 ? last.c() : last.h());
        };
    isComputed(model, 1, 9, 12, 13, 20);
    isComputed(x -> layer.apply(x).step(x.size(0) > 12 ? 3 : x.size(0) - 1), 1, 9, 12, 13, 20);
  }

  @Test
  void gradientsInAModelAreComputed() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> Gradients.of(layer.apply(x).square().sum(), List.of(x)).get(0), 1, 2, 3, 9, 17);
  }

  @Test
  void aNumberThatFollowsTheLengthIsComputed() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> layer.apply(x).times(1.0 / x.size(0)), 1, 3, 9, 17);
    isComputed(x -> layer.apply(x).times(x.size(0)), 1, 3, 9, 17);
    isComputed(x -> layer.apply(x).times(Math.sqrt(x.size(0))), 1, 3, 9, 17);
    isComputed(x -> layer.apply(x).times(x.size(0) > 12 ? 7 : 1.0 / x.size(0)), 1, 3, 9, 17);
  }

  @Test
  void aTableWithARowForEachStepIsComputed() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    UnaryOperator<Node> positions =
        x -> {
          double[] sines = IntStream.range(0, x.size(0)).mapToDouble(Math::sin).toArray();
          return layer.apply(x.plus(Node.constant(Tensor.of(Shape.of(x.size(0), 1, 1), sines))));
        };
    isComputed(positions, 1, 2, 3, 9, 17);
  }

  @Test
  void aNumberThatFollowsTheStepIsComputed() {
    isComputed(
        x -> {
          List<Node> steps = new ArrayList<>();
          for (int t = 0; t < x.size(0); t++) {
            steps.add(x.step(t).times(1.0 / (1 + t)));
          }
          return new Recurrent<>(elman()).apply(Node.stack(steps));
        },
        1,
        2,
        9,
        20);
  }

  @Test
  void slicesAtAnyPlaceAreComputed() {
    int[] lengths = {1, 2, 3, 7, 12, 13, 20};
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> layer.apply(x.slice(0, x.size(0) / 2, x.size(0))), lengths);
    isComputed(x -> layer.apply(x).slice(0, x.size(0) / 2, x.size(0)), lengths);
    isComputed(x -> layer.apply(x.slice(0, 0, Math.min(x.size(0), 12))), lengths);
    isComputed(x -> layer.apply(x).slice(0, 0, Math.min(x.size(0), 12)), lengths);
    isComputed(x -> layer.apply(x).slice(0, Math.max(0, x.size(0) - 4), x.size(0)), lengths);
    isComputed(x -> layer.apply(x).slice(1, 0, x.size(0) > 12 ? 1 : 2), lengths);
    isComputed(x -> layer.apply(x).step(Math.min(x.size(0) - 1, 11)), lengths);
    isComputed(x -> layer.apply(x).step(x.size(0) / 2), lengths);
    isComputed(x -> layer.apply(x).step(Math.max(0, x.size(0) - 2)), lengths);
    isComputed(
        x -> layer.apply(x).slice(2, x.size(0) > 12 ? 1 : 0, x.size(0) > 12 ? 3 : 2), lengths);
  }

  @Test
  void axesThatDependOnTheLengthAreComputed() {
    int[] lengths = {1, 2, 3, 9, 13, 17};
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> layer.apply(x).sum(x.size(0) > 12 ? 1 : 0), lengths);
    isComputed(x -> layer.apply(x).reshape(x.size(0) * N, H).softmax(), lengths);
    isComputed(x -> layer.apply(x).reshape(x.size(0) > 12 ? N : 1, -1), lengths);
    isComputed(
        x -> x.size(0) > 12 ? layer.apply(x).transpose(2, 1, 0) : layer.apply(x).transpose(2, 0, 1),
        lengths);
  }

  @Test
  void anOpOfAUserOverTheWholeSequenceIsComputed() {
    int[] lengths = {1, 2, 3, 9, 17};
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    isComputed(x -> Node.apply(CUBE, layer.apply(x)), lengths);
    isComputed(x -> layer.apply(Node.apply(CUBE, x)), lengths);
    isComputed(x -> Node.apply(new Cube(), layer.apply(x)).sum(0), lengths);
  }

  @Test
  void anotherParameterForLongSequencesIsNoSurprise() {
    UnaryOperator<Node> layer = new Recurrent<>(elman())::apply;
    Dense one = Dense.of(H, 2, new Philox(4));
    Dense two = Dense.of(H, 2, new Philox(5));
    isComputed(x -> (x.size(0) > 12 ? one : two).apply(layer.apply(x)), 1, 9, 13, 20);
  }

  @Test
  void sharedSessionsRunInTurns() {
    UnaryOperator<Node> model = new Recurrent<>(LstmCell.of(I, H, new Philox(2)))::apply;
    SharedArrays arrays = SharedArrays.of(Precision.FLOAT32);
    long most = 0;
    for (int steps : new int[] {9, 4, 12, 9, 1, 12}) {
      Bound bound = Bound.of(model, Order.GRADIENT, steps, Precision.FLOAT32);
      Input x = (Input) bound.graph().leaves().get(bound.graph().leaves().size() - 1);
      Tensor value = new Draw(new Random(steps)).uniform(Shape.of(steps, N, I), -1, 1);
      Session own = bound.plan().session().set(x, value).run();
      Session shared = bound.plan().session(arrays).set(x, value).run();
      for (Node output : bound.graph().outputs()) {
        Agreement.assertSameBits(own.get(output), shared.get(output), "T = " + steps);
      }
      most = Math.max(most, own.bytes() - shared.bytes());
      assertTrue(arrays.bytes() >= most, arrays.bytes() + " bytes");
      assertTrue(arrays.bytes() <= 1.2 * most, arrays.bytes() + " bytes");
    }
  }
}
