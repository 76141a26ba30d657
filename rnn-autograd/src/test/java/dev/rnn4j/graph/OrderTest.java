package dev.rnn4j.graph;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class OrderTest {
  private static void assertListsAll(Order order) {
    for (int i = 0; i < order.size(); i++) {
      Node node = order.node(i);
      assertEquals(i, order.of(node));
      assertSame(node, order.nodes().get(i));
      for (Node operand : node.operands()) {
        assertTrue(order.of(operand) >= 0 && order.of(operand) < i);
      }
    }
  }

  @Test
  void operandsComeFirstAndEachNodeOnce() {
    Node x = Input.of("x", 3);
    Node y = x.tanh().times(x).plus(x.tanh());
    Order order = new Order(List.of(y, x, y));
    assertEquals(5, order.size());
    assertListsAll(order);
  }

  @Test
  void nodesOutsideHaveNoNumber() {
    Node before = Input.of("before", 3);
    Node x = Input.of("x", 3);
    Node beside = x.exp();
    Node y = x.tanh();
    Node after = y.exp();
    Order order = new Order(List.of(y));
    assertEquals(List.of(x, y), order.nodes());
    for (Node other : List.of(before, beside, after)) {
      assertEquals(-1, order.of(other));
    }
  }

  @Test
  void nothingIsAGraphToo() {
    Order order = new Order(List.of());
    assertEquals(0, order.size());
    assertEquals(-1, order.of(Node.constant(1)));
  }

  @Test
  void leavesMayBeMuchOlderThanTheRest() {
    Parameter old = Parameter.of(Tensor.of(1, 2, 3));
    Node between = Node.constant(0);
    for (int i = 0; i < 50_000; i++) {
      between = Node.constant(i);
    }
    Parameter young = Parameter.of(Tensor.of(1, 2, 3));
    Order order = new Order(List.of(old.times(young).plus(1)));
    assertEquals(5, order.size());
    assertEquals(0, order.of(old));
    assertEquals(-1, order.of(between));
    assertListsAll(order);
  }

  @Test
  void aLongChainWithGapsIsListed() {
    Random random = new Random(7);
    Node first = Input.of("x", 2);
    Node y = first;
    int count = 1;
    for (int i = 0; i < 5000; i++) {
      for (int gap = random.nextInt(40); gap > 0; gap--) {
        first.exp();
      }
      y = y.plus(first);
      count++;
    }
    Order order = new Order(List.of(y));
    assertEquals(count, order.size());
    assertListsAll(order);
  }
}
