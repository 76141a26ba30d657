package dev.rnn4j.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** What a signal keeps, and what it drops. */
class SignalTest {
  private final Input x = Input.of("x", 3, 2, 4);
  private final Input mask = Input.of("mask", 3, 2);
  private final Signal masked = Signal.of(x).masked(mask);

  @Test
  void allCountsWithoutAMask() {
    Signal plain = Signal.of(x);
    assertFalse(plain.isMasked());
    assertSame(x, plain.values());
    assertEquals(3, plain.steps());
    assertEquals(2, plain.batchSize());
    assertEquals(
        "all of x [3, 2, 4] counts: ask isMasked() before mask()",
        assertThrows(IllegalStateException.class, plain::mask).getMessage());
  }

  @Test
  void whatDoesNotCountIsZero() {
    double nan = Double.NaN;
    Input small = Input.of("small", 2, 1);
    Signal signal = Signal.of(small).masked(Input.of("mask", 2, 1)).map(Node::exp);
    Map<Node, Tensor> values =
        Map.of(
            small,
            Tensor.of(new double[][] {{nan}, {0}}),
            signal.mask(),
            Tensor.of(new double[][] {{0}, {1}}));
    assertEquals(
        Tensor.of(new double[][] {{0}, {1}}).toString(), signal.values().eval(values).toString());
  }

  @Test
  void theMaskStaysWhereItFits() {
    assertSame(mask, masked.map(Node::tanh).mask());
    assertSame(mask, masked.with(Node.zeros(3, 2)).mask());
    assertSame(mask, masked.with(Node.zeros(3, 2, 7, 7)).mask());
    assertFalse(masked.with(Node.zeros(2, 4)).isMasked());
    assertFalse(masked.with(Node.zeros(3)).isMasked());
    assertFalse(masked.with(Node.zeros(4, 2, 4)).isMasked());
    assertSame(masked.pass(), masked.with(Node.zeros(2, 4)).pass());
  }

  @Test
  void anotherMaskTakesItsPlace() {
    Node other = Node.ones(3, 2);
    assertSame(other, masked.masked(other).mask());
    assertTrue(masked.isMasked());
  }

  @Test
  void whatCannotBeToldIsRefused() {
    Signal square = Signal.of(Input.of("x", 3, 3, 3)).masked(Node.ones(3, 3));
    assertTrue(square.map(Node::tanh).isMasked());
    assertEquals(
        "whether zeros [3, 3] still begins with [T, N], as select [3, 3, 3] does, cannot be told,"
            + " as T = N: say Signal.of(values, x.pass()) where it does not, and that"
            + " .masked(x.mask()) where it does",
        assertThrows(ShapeException.class, () -> square.with(Node.zeros(3, 3))).getMessage());
  }

  @Test
  void aMaskFitsItsValues() {
    String message = "a mask is [T, N], as the first two axes of what it masks, and ";
    assertEquals(
        message + "zeros [2, 3] was given for x [3, 2, 4]",
        assertThrows(ShapeException.class, () -> Signal.of(x).masked(Node.zeros(2, 3)))
            .getMessage());
    assertEquals(
        message + "zeros [3, 2, 1] was given for x [3, 2, 4]",
        assertThrows(ShapeException.class, () -> Signal.of(x).masked(Node.zeros(3, 2, 1)))
            .getMessage());
    assertEquals(
        "a sequence is [T, N, ...], time first, and zeros [3] is none",
        assertThrows(ShapeException.class, () -> Signal.of(Node.zeros(3)).steps()).getMessage());
  }
}
