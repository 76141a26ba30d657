package dev.rnn4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.usage.Zoo;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class StreakTest {
  private final Node x = Input.of("x", 9, 2);

  /** Builds a node at each of the steps, and returns those of each streak. */
  private static List<List<Node>> streaks(IntFunction<Node> body, int... steps) {
    Trace trace = Trace.ofLoop();
    List<Node> nodes = new ArrayList<>();
    for (int t : steps) {
      nodes.add(trace.at(t, () -> body.apply(t)));
    }
    nodes.forEach(node -> assertSame(nodes.get(0).family(), node.family()));
    return streaks(nodes);
  }

  /** Returns members of a family, in the order in which they were built, by their streaks. */
  private static List<List<Node>> streaks(List<Node> nodes) {
    List<List<Node>> streaks = new ArrayList<>();
    Streak latest = null;
    for (Node node : nodes) {
      if (latest != null
          && latest.isNext(node.op(), node.operands(), node.step())
          && node.shape().equals(latest.first().shape())) {
        latest.add(node);
      } else {
        latest = new Streak(node);
        streaks.add(new ArrayList<>());
      }
      streaks.get(streaks.size() - 1).add(node);
    }
    return streaks;
  }

  private static List<Integer> counts(IntFunction<Node> body, int... steps) {
    return streaks(body, steps).stream().map(List::size).toList();
  }

  @Test
  void whatIsTheSameAtEachStepIsOneRun() {
    assertEquals(List.of(4), counts(t -> x.times(x), 0, 1, 2, 3));
    assertEquals(List.of(3), counts(t -> x.step(t), 3, 2, 1));
  }

  @Test
  void aRunEndsWhereAnythingIsAnother() {
    assertEquals(List.of(2, 2), counts(t -> t < 2 ? x.exp() : x.tanh(), 0, 1, 2, 3));
    assertEquals(List.of(2, 1), counts(t -> x.step(t == 2 ? 4 : t), 0, 1, 2));
    assertEquals(List.of(1, 1, 1), counts(t -> x.step(8 - t), 0, 1, 2));
    assertEquals(List.of(2, 1), counts(t -> Node.constant(t == 2 ? 7 : 1), 0, 1, 2));
    assertEquals(List.of(2, 2), counts(t -> Node.zeros(t < 2 ? 2 : 3), 0, 1, 2, 3));
    Node y = Input.of("y", 9, 2);
    assertEquals(List.of(1, 2), counts(t -> t == 0 ? x.plus(y) : y.plus(x), 0, 1, 2));
    assertEquals(List.of(2, 1), counts(t -> t == 2 ? Node.sum(List.of(x, x, x)) : sum(), 0, 1, 2));
    assertEquals(List.of(2, 2), counts(t -> x.exp(), 0, 1, 3, 4));
    assertEquals(List.of(2, 1), counts(t -> x.exp(), 0, 1, 0));
  }

  private Node sum() {
    return Node.sum(List.of(x, x));
  }

  @Test
  void operandsThatStandStillAndThenMoveAreNoRun() {
    Trace trace = Trace.ofLoop();
    Node[] steps =
        IntStream.range(0, 6).mapToObj(t -> trace.at(t, () -> x.step(t))).toArray(Node[]::new);
    assertEquals(List.of(6), counts(t -> steps[t].exp(), 0, 1, 2, 3, 4, 5));
    assertEquals(List.of(6), counts(t -> steps[3].exp(), 0, 1, 2, 3, 4, 5));
    assertEquals(List.of(3, 3), counts(t -> steps[Math.max(0, t - 2)].exp(), 0, 1, 2, 3, 4, 5));
    assertEquals(List.of(3, 1, 2), counts(t -> steps[t == 3 ? 2 : t].exp(), 0, 1, 2, 3, 4, 5));
    assertEquals(List.of(1, 1, 1), counts(t -> steps[5 - t].exp(), 0, 1, 2));
  }

  @ParameterizedTest
  @EnumSource(Zoo.class)
  void theFirstMemberTellsAllOthers(Zoo model) {
    Node loss = model.loss(6);
    List<Node> parameters =
        Graphs.topological(List.of(loss)).stream().filter(Parameter.class::isInstance).toList();
    Map<Family, List<Node>> families =
        Graphs.topological(Gradients.of(loss, parameters)).stream()
            .filter(node -> node.step() != Trace.NO_STEP)
            .sorted(Comparator.comparingLong(Node::id))
            .collect(Collectors.groupingBy(Node::family));
    assertFalse(families.isEmpty());
    for (List<Node> members : families.values()) {
      for (List<Node> streak : streaks(members)) {
        streak.forEach(node -> assertTold(streak.get(0), node));
      }
    }
  }

  private static void assertTold(Node first, Node node) {
    int steps = node.step() - first.step();
    assertEquals(first.shape(), node.shape());
    assertEquals(first.operands().size(), node.operands().size());
    if (node.op() instanceof StepOf step) {
      assertEquals(((StepOf) first.op()).t() + steps, step.t());
    } else {
      assertTrue(node.op().isLike(first.op()), node.toString());
    }
    for (int i = 0; i < node.operands().size(); i++) {
      if (first.operand(i) != node.operand(i)) {
        assertSame(first.operand(i).family(), node.operand(i).family());
        assertEquals(first.operand(i).step() + steps, node.operand(i).step());
      }
    }
  }

  @Test
  void anOpThatDoesNotFitAtALaterStepSaysSo() {
    Node wide = Input.of("wide", 3, 5);
    Trace trace = Trace.ofLoop();
    trace.at(0, () -> x.step(0));
    ShapeException error =
        assertThrows(ShapeException.class, () -> trace.at(1, () -> x.step(0).plus(wide.step(3))));
    assertTrue(error.getMessage().contains("has no step 3"), error.getMessage());
    assertThrows(ShapeException.class, () -> streaks(t -> x.plus(t == 2 ? wide : x), 0, 1, 2));
    assertThrows(ShapeException.class, () -> streaks(t -> x.step(t), 7, 8, 9));
  }

  @Test
  void leavesBelongToNoStep() {
    Trace trace = Trace.ofLoop();
    Node leaf = trace.at(3, () -> Parameter.of(Tensor.of(1)));
    assertEquals(Trace.NO_STEP, leaf.step());
    assertEquals(4, trace.at(4, () -> x.exp()).step());
  }
}
