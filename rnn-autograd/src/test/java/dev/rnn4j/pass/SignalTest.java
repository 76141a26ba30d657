package dev.rnn4j.pass;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
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
    assertSame(masked.pass(), masked.with(Node.zeros(3, 2)).pass());
  }

  /** A mean over time counts padding, and nothing says so later. */
  @Test
  void theMaskDoesNotGoUnasked() {
    String message =
        " does not begin with them: padding would count. last() and Pooling leave it out; where it"
            + " is dealt with, say Signal.of(values, x.pass())";
    String mask = "there is a mask [3, 2] of steps [T, N] that count, and ";
    assertRefused(mask + "zeros [4, 2, 4]" + message, masked, v -> Node.zeros(4, 2, 4));
    assertRefused(mask + "multiply [2, 4]" + message, masked, v -> v.mean(0));
    assertRefused(mask + "transpose [2, 3, 4]" + message, masked, v -> v.transpose(1, 0, 2));
    assertRefused(mask + "step [2, 4]" + message, masked, v -> v.step(2));
    assertEquals(Node.zeros(2, 4).shape(), Signal.of(x).map(v -> v.mean(0)).values().shape());
  }

  private static void assertRefused(String message, Signal signal, UnaryOperator<Node> function) {
    assertEquals(
        message, assertThrows(ShapeException.class, () -> signal.map(function)).getMessage());
  }

  /** With T = N, or as many features as sequences, sizes say nothing. */
  @Test
  void axesThatMoveAreFoundWhateverTheirSizes() {
    String message =
        " begins with other axes, whatever their sizes: transpose it back, or say"
            + " Signal.of(values, x.pass()) where padding is dealt with";
    String of = "there is a mask [3, 3] of steps [T, N] that count, and ";
    Signal square = Signal.of(Input.of("x", 3, 3, 3)).masked(Input.of("mask", 3, 3));
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(3, 3)));
    Node swapped = square.values().transpose(1, 0, 2);
    assertRefused(of + "transpose [3, 3, 3]" + message, square, v -> v.transpose(1, 0, 2));
    assertRefused(of + "transpose [3, 3, 3]" + message, square, v -> v.transpose(2, 1, 0));
    assertRefused(of + "transpose [3, 3, 3]" + message, square, Node::transpose);
    assertRefused(of + "tanh [3, 3, 3]" + message, square, v -> v.transpose(1, 0, 2).tanh());
    assertThrows(ShapeException.class, () -> square.map(v -> v.plus(swapped)));
    assertRefused(of + "matmul [3, 3, 3]" + message, square, v -> v.transpose(1, 0, 2).matmul(w));
    assertRefused(of + "concat [3, 3, 6]" + message, square, v -> Node.concat(2, swapped, swapped));
    assertRefused(of + "sumOver [3, 3]" + message, square, v -> v.transpose(1, 0, 2).sum(2));
    Signal wide = Signal.of(Input.of("x", 3, 2, 2)).masked(mask);
    assertThrows(ShapeException.class, () -> wide.map(Node::transpose));
  }

  /** What a matrix makes of features is none of [T, N], and a reshape moves no axis back. */
  @Test
  void axesThatMoveAreFoundThroughProductsAndReshapes() {
    Signal wide = Signal.of(Input.of("x", 4, 3, 5)).masked(Input.of("mask", 4, 3));
    Signal square = Signal.of(Input.of("x", 3, 3, 5)).masked(Input.of("mask", 3, 3));
    Parameter three = Parameter.of("w", Tensor.zeros(Shape.of(5, 3)));
    Parameter four = Parameter.of("w", Tensor.zeros(Shape.of(5, 4)));
    List<UnaryOperator<Node>> ofWide =
        List.of(
            v -> v.matmul(three).transpose(0, 2, 1),
            v -> v.matmul(four).transpose(2, 1, 0),
            v -> v.transpose(1, 0, 2).reshape(12, 5).matmul(three).reshape(4, 3, 3),
            v -> v.transpose(1, 0, 2).reshape(4, 3, 5));
    List<UnaryOperator<Node>> ofSquare =
        List.of(
            v -> v.matmul(three).transpose(2, 1, 0),
            v -> v.transpose(1, 0, 2).reshape(9, 5).matmul(three).reshape(3, 3, 3),
            v -> v.mean(1).matmul(three),
            v -> v.mean(0).slice(1, 0, 3));
    for (UnaryOperator<Node> function : ofWide) {
      assertThrows(ShapeException.class, () -> wide.map(function));
    }
    for (UnaryOperator<Node> function : ofSquare) {
      assertThrows(ShapeException.class, () -> square.map(function));
    }
  }

  /** A batch that happens to have as many sequences as steps is no other than one that has not. */
  @Test
  void whatIsKeptIsKnownWhateverTheSizes() {
    for (int n : new int[] {1, 2, 4}) {
      Signal some = Signal.of(Input.of("x", 4, n, 4)).masked(Input.of("mask", 4, n));
      Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(4, 4)));
      Parameter one = Parameter.of("w", Tensor.zeros(Shape.of(4, 1)));
      List<UnaryOperator<Node>> functions =
          List.of(
              v -> v.reshape(4 * n, 4).matmul(one).reshape(4, n),
              v -> v.reshape(4 * n, 1, 4).matmul(v.reshape(4 * n, 4, 1)).reshape(4, n),
              v -> Node.stack(List.of(v.step(0), v.step(1), v.step(2), v.step(3))).sum(2),
              v -> Node.concat(0, Node.zeros(1, n, 4), v.slice(0, 0, 3)).sum(2),
              v -> v.transpose(1, 2, 0).matmul(w).transpose(2, 0, 1), // time steps mixed
              v -> w.matmul(v.reshape(4, n * 4)).reshape(4, n, 4),
              v -> v.reshape(4, n, 4, 1).times(v.reshape(4, n, 1, 4)).reshape(4, n, 16),
              v -> v.reshape(2, 2, n, 4).tanh().reshape(4, n, 4),
              v -> v.transpose(1, 2, 0).reshape(n * 4, 4).transpose().reshape(4, n, 4),
              v -> { // attention with two heads
                Node heads = v.reshape(4, n, 2, 2).transpose(1, 2, 0, 3);
                Node shares = heads.matmul(heads.transpose()).softmax();
                return shares.matmul(heads).transpose(2, 0, 1, 3).reshape(4, n, 4);
              });
      for (UnaryOperator<Node> function : functions) {
        assertSame(some.mask(), some.map(function).mask());
      }
    }
    Signal least = Signal.of(Input.of("x", 1, 1, 1)).masked(Input.of("mask", 1, 1));
    assertSame(least.mask(), least.map(v -> v.reshape(1, 1)).mask());
  }

  @Test
  void axesThatComeBackKeepTheMask() {
    Signal square = Signal.of(Input.of("x", 3, 3, 3)).masked(Input.of("mask", 3, 3));
    Parameter w = Parameter.of("w", Tensor.zeros(Shape.of(3, 3)));
    List<UnaryOperator<Node>> functions =
        List.of(
            v -> v.matmul(w).plus(w.step(0)).tanh(),
            v -> v.reshape(9, 3).matmul(w).reshape(3, 3, 3),
            v -> v.transpose(1, 0, 2).tanh().transpose(1, 0, 2),
            v -> { // attention over time
              Node rows = v.transpose(1, 0, 2);
              return rows.matmul(rows.transpose()).softmax().matmul(rows).transpose(1, 0, 2);
            },
            v -> v.minus(v.meanKeeping(0)),
            v -> Node.concat(0, v.slice(0, 1, 3), v.slice(0, 0, 1)),
            v -> Node.stack(List.of(v.step(0), v.step(1), v.step(2))),
            v -> v.normalize(0.1),
            v -> v.sum(2),
            v -> v.max(2),
            v -> v.reshape(3, 3, 3, 1),
            v -> w.gather(v.sum(2)));
    for (UnaryOperator<Node> function : functions) {
      assertSame(square.mask(), square.map(function).mask());
    }
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
        "whether zeros [3, 3] still begins with [T, N], as select [3, 3, 3] does, cannot be told:"
            + " say Signal.of(values, x.pass()) where it does not, and that .masked(x.mask()) where"
            + " it does",
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
