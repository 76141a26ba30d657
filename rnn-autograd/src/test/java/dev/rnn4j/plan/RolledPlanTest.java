package dev.rnn4j.plan;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import dev.rnn4j.testing.Verify;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.BinaryOperator;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What is not the same at every time step must not be rolled up as if it were. */
class RolledPlanTest {
  private final Draw draw = new Draw(new Random(61));
  private final Input x = Input.of("x", 4, 2, 3);

  /** A cell whose state has the shape of its input. */
  private record Simple(BinaryOperator<Node> equation) implements Cell<Node> {
    @Override
    public Node initialState(int batchSize) {
      return Node.zeros(batchSize, 3);
    }

    @Override
    public Step<Node> step(Node in, Node state) {
      Node next = equation.apply(in, state);
      return new Step<>(next, next);
    }
  }

  private Node outputs(BinaryOperator<Node> equation) {
    return new Recurrent<>(new Simple(equation)).apply(x);
  }

  /** A cell that leaves a given value at one of its steps, and what it computes at all others. */
  private static final class Given implements Cell<Node> {
    private final Node value;
    private final int at;
    private int steps;

    Given(Node value, int at) {
      this.value = value;
      this.at = at;
    }

    @Override
    public Node initialState(int batchSize) {
      return Node.constant(0.25).broadcastTo(Shape.of(batchSize, 3));
    }

    @Override
    public Step<Node> step(Node in, Node state) {
      Node next = in.plus(state).tanh();
      return new Step<>(next, steps++ == at ? value : next);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 2, 3})
  void aStateThatIsGivenAnotherValueAtOneStep(int at) {
    Parameter value = Parameter.of("value", draw.uniform(Shape.of(2, 3), -1, 1));
    Verify.of(Unroll.forward(new Given(value, at), Signal.of(x)).outputs().values()).all();
    Verify.of(Unroll.backward(new Given(value, at), Signal.of(x)).outputs().values()).all();
  }

  /** Each of the first steps begins with another value, where the others read some steps back. */
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3})
  void statesOfSomeStepsAgoThatBeginDifferently(int back) {
    for (boolean ascending : new boolean[] {true, false}) {
      int steps = 5;
      Input wide = Input.of("x", steps, 2, 3);
      State begin = new State("h", true);
      State later = new State("h", false);
      Trace trace = Trace.ofLoop();
      Node[] h = new Node[steps];
      for (int i = 0; i < steps; i++) {
        int t = ascending ? i : steps - 1 - i;
        int before = ascending ? t - back : t + back;
        Node first = i < back ? Parameter.of("h" + i, draw.uniform(Shape.of(2, 3), -1, 1)) : null;
        h[t] =
            trace.at(
                t,
                () -> {
                  Node state = Node.apply(first == null ? later : begin, at(h, before, first));
                  return state.times(0.5).plus(wide.step(t)).tanh();
                });
      }
      Verify.of(Node.stack(List.of(h))).all();
    }
  }

  private static Node at(Node[] h, int before, Node first) {
    return first == null ? h[before] : first;
  }

  @Test
  void aParameterForEachStep() {
    List<Node> made = new ArrayList<>();
    Verify.of(
            outputs(
                (in, h) -> {
                  made.add(Parameter.of("w" + made.size(), draw.uniform(Shape.of(3), -1, 1)));
                  return in.times(made.get(made.size() - 1)).plus(h).tanh();
                }))
        .all();
  }

  @Test
  void aMatrixOfOneParameterForEachStep() {
    for (int size : new int[] {9, 70}) { // narrow panels and wide ones
      Shape matrix = Shape.of(size, size);
      Parameter all = Parameter.of("all", draw.uniform(matrix.insert(0, 4), -0.3, 0.3));
      Input start = Input.of("start", size, size);
      Cell<Node> turning = new Simple((in, h) -> h.matmul(in).tanh());
      Node outputs = new Recurrent<>(turning).unroll(Signal.of(all), start).outputs().values();
      Agreement.check(List.of(outputs), Map.of(start, draw.uniform(matrix, -1, 1)));
    }
  }

  @Test
  void anInputForEachStep() {
    List<Node> made = new ArrayList<>();
    Verify.of(
            outputs(
                (in, h) -> {
                  made.add(Input.of("mask" + made.size(), 2, 3));
                  return made.get(made.size() - 1).times(in).plus(h).tanh();
                }))
        .all();
  }

  @Test
  void aConstantForEachStep() {
    List<Tensor> made = new ArrayList<>();
    Verify.of(
            outputs(
                (in, h) -> {
                  made.add(draw.uniform(Shape.of(3), -1, 1));
                  Node position = Node.constant(made.get(made.size() - 1));
                  return in.plus(position).times(Node.constant(made.size())).plus(h).tanh();
                }))
        .all();
  }

  @Test
  void theOutputsOfALayerBelowStayAsTheyAre() {
    Parameter weight = Parameter.of("w", draw.uniform(Shape.of(3, 3), -1, 1));
    Unrolled<Node> below =
        new Recurrent<>(new Simple((in, h) -> in.maximum(h).tanh())).unroll(Signal.of(x));
    Cell<Node> adding =
        new Simple((in, h) -> h.matmul(weight).sigmoid().matmul(weight).plus(in).tanh());
    Unrolled<Node> above = new Recurrent<>(adding).unroll(Signal.of(below.outputs().values()));
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1));
    Agreement.check(List.of(above.last().values(), below.state()), values);
    Agreement.check(List.of(above.outputs().values(), below.outputs().values().step(1)), values);
    Verify.of(
            Node.concat(0, above.last().values(), below.state(), below.outputs().values().step(0)))
        .all();
  }

  @Test
  void aSumIsNotComputedInThePlaceOfAValueThatOthersPassOn() {
    Node first = x.step(0).tanh();
    Node sum = Node.sum(List.of(first, x.step(1).exp()));
    List<Node> passed = new ArrayList<>();
    Node passing =
        outputs(
            (in, h) -> {
              passed.add(passed.isEmpty() ? Node.sum(List.of(first)) : sum);
              return passed.get(passed.size() - 1);
            });
    Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1));
    Agreement.check(List.of(passing), values);
  }

  @Test
  void whatIsJoinedToStepsOfALoopHasASizeOfItsOwn() {
    Unrolled<Node> loop =
        new Recurrent<>(new Simple((in, h) -> in.plus(h).tanh())).unroll(Signal.of(x));
    Input wide = Input.of("wide", 5, 3);
    Map<Node, Tensor> values =
        Map.of(x, draw.uniform(x.shape(), -1, 1), wide, draw.uniform(wide.shape(), -1, 1));
    Node joined =
        Node.concat(
            0,
            loop.outputs().values().step(1),
            loop.outputs().values().step(2),
            wide,
            loop.last().values());
    Agreement.check(List.of(joined), values);
  }
}
