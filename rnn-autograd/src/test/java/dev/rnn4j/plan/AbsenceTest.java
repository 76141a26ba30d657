package dev.rnn4j.plan;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.Step;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Unroll;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.testing.Agreement;
import dev.rnn4j.testing.Draw;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A gradient that is there at some steps of a line and not at others. */
class AbsenceTest {
  private static final int H = 4;

  /** What h is two steps later, beside an echo of it. */
  private record State(Node h, Node before, Node earlier, Node echo) {}

  /** How a step makes h of its input, and its output of what h was. */
  private enum Way {
    JOINED,
    DOUBLED,
    CUT,
    STACKED,
    BOTH_STACKED,
    MIXED;

    Node h(Node x, Node echo, Node weight) {
      return switch (this) {
        case JOINED -> Node.concat(1, x, echo).slice(1, 2, 6);
        case DOUBLED -> Node.concat(1, x, x).slice(1, 2, 6);
        case CUT -> x.slice(1, 0, 3).matmul(weight.slice(0, 0, 3));
        case STACKED -> Node.stack(List.of(x, echo)).step(0);
        case BOTH_STACKED -> {
          Node both = Node.stack(List.of(x, echo)).tanh();
          yield both.step(0).plus(both.step(1));
        }
        case MIXED -> x.plus(Node.concat(1, echo.slice(1, 0, 2), x.slice(1, 2, 4)));
      };
    }
  }

  private record Case(Way way, boolean late, int output) {
    Node output(State s) {
      Node past = late ? s.earlier() : s.before();
      return switch (output) {
        case 0 -> past;
        case 1 -> past.times(s.echo().stopGradient()).tanh();
        default -> past.greaterThan(s.echo()).select(past, past.times(0.3));
      };
    }
  }

  private record Late(Case what, Parameter w, Node weight) implements Cell<State> {
    @Override
    public State initialState(int batchSize) {
      Node zeros = Node.zeros(batchSize, H);
      return new State(zeros, zeros, zeros, zeros);
    }

    @Override
    public Step<State> step(Node x, State s) {
      Node h = what.way().h(x.matmul(w), s.echo(), weight).tanh();
      return new Step<>(what.output(s), new State(h, s.h(), s.before(), s.h().tanh()));
    }
  }

  static Stream<Case> cases() {
    return Stream.of(Way.values())
        .flatMap(way -> IntStream.range(0, 6).mapToObj(i -> new Case(way, i % 2 == 1, i / 2)));
  }

  @ParameterizedTest
  @MethodSource("cases")
  void isTakenAsItIsAtEachStep(Case what) {
    Draw draw = new Draw(new Random(7));
    Parameter w = Parameter.of("w", draw.uniform(Shape.of(1, H), -1, 1));
    Node weight = Node.constant(draw.uniform(Shape.of(H, H), -1, 1));
    for (int steps : new int[] {1, 2, 3, 5}) {
      Input x = Input.of("x", steps, 1, 1);
      Map<Node, Tensor> values = Map.of(x, draw.uniform(x.shape(), -1, 1), w, w.initial());
      for (boolean backward : new boolean[] {false, true}) {
        Late cell = new Late(what, w, weight);
        State begin = cell.initialState(1);
        Unrolled<State> all =
            backward
                ? Unroll.backward(cell, Signal.of(x), begin)
                : Unroll.forward(cell, Signal.of(x), begin);
        Node echo = all.state().echo().square().sum();
        Node outputs = all.outputs().values().square().sum();
        Node first = all.outputs().values().step(0).square().sum();
        Node last = all.last().values().square().sum();
        for (Node loss :
            List.of(
                echo,
                echo.plus(outputs),
                echo.plus(first),
                echo.plus(outputs).plus(first),
                echo.plus(last))) {
          Node gradient = Gradients.of(loss, List.of(w)).get(0);
          Node second = Gradients.of(gradient.square().sum(), List.of(w)).get(0);
          Agreement.check(List.of(gradient), values, 1e-6);
          Agreement.check(List.of(gradient, second), values, 1e-6);
        }
      }
    }
  }
}
