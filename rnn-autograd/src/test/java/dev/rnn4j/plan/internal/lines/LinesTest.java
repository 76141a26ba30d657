package dev.rnn4j.plan.internal.lines;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertNotSame;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.random.Philox;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;

class LinesTest {
  private final Input x = Input.of("x", 5, 4, 2);

  /** The outputs of five steps, of which each is the tanh of the step. */
  private final Node h = new Recurrent<>(ElmanCell.of(2, 3, new Philox(1))).apply(x);

  private static List<Node> steps(IntFunction<Node> body) {
    Trace trace = Trace.ofLoop();
    List<Node> nodes = new ArrayList<>();
    for (int t = 0; t < 5; t++) {
      int step = t;
      nodes.add(trace.at(t, () -> body.apply(step)));
    }
    return nodes;
  }

  @Test
  void theCopiesOfOneLineOfACellAreOneLine() {
    Lines lines = new Lines(List.of(h), true, true);
    Line tanh = lines.of(h.operand(4));
    assertTrue(tanh.isLooped());
    assertEquals(List.of(0, 4, 5), List.of(tanh.from(), tanh.to(), tanh.length()));
    for (int t = 0; t < 5; t++) {
      assertSame(tanh, lines.of(h.operand(t)));
      assertSame(h.operand(t), tanh.at(t));
    }
  }

  @Test
  void aStateReadsItsBeginningAndThenTheStepBefore() {
    Lines lines = new Lines(List.of(h), true, true);
    Line tanh = lines.of(h.operand(0));
    Line state =
        lines.all().stream().filter(line -> line.kind() == Kind.STATE).findFirst().orElseThrow();
    assertEquals(2, state.present().size());
    assertTrue(state.present().get(0) instanceof Term.Fixed zeros && zeros.covers(0, 0));
    assertEquals(new Term.Shifted(1, 4, tanh, 1), state.present().get(1));
  }

  @Test
  void withoutFamiliesEachNodeIsALine() {
    Lines lines = new Lines(List.of(h), false, true);
    assertFalse(lines.of(h.operand(4)).isLooped());
    assertNotSame(lines.of(h.operand(3)), lines.of(h.operand(4)));
  }

  @Test
  void whatIsNotAlikeAtAllStepsFallsApart() {
    List<Node> alike = steps(t -> x.step(t).exp());
    assertTrue(new Lines(alike, true, true).of(alike.get(2)).isLooped());
    List<Node> other = steps(t -> t == 2 ? x.step(t).tanh() : x.step(t).exp());
    assertFalse(new Lines(other, true, true).of(other.get(4)).isLooped());
    List<Node> back = steps(t -> x.step(4 - t).exp());
    assertFalse(new Lines(back, true, true).of(back.get(4)).isLooped());
  }

  @Test
  void onlyTheStepsThatAreNeededAreComputed() {
    List<Node> all = steps(t -> x.step(t).exp());
    List<Node> sums = steps(t -> all.get(t).plus(1));
    Line line = new Lines(sums.subList(1, 4), true, true).of(all.get(2));
    assertEquals(List.of(1, 3), List.of(line.from(), line.to()));
  }

  @Test
  void constantsAreComputedAndEqualsAreOne() {
    Node first = x.times(Node.constant(2).times(3)).tanh();
    Node second = x.times(Node.constant(6)).tanh();
    Lines lines = new Lines(List.of(first, second), true, true);
    assertEquals(Kind.CONSTANT, lines.of(first.operand(0).operand(1)).kind());
    Lines plain =
        new Lines(List.of(first, x.times(first.operand(0).operand(1)).tanh()), true, true);
    assertEquals(1, plain.all().stream().filter(line -> line.op().name().equals("tanh")).count());
    Lines all = new Lines(List.of(first, second), true, false);
    assertEquals(2, all.all().stream().filter(line -> line.op().name().equals("tanh")).count());
  }
}
