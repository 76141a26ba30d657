package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import java.util.function.BinaryOperator;

/** What two directions become. */
public enum Merge {
  /** {@code [a, b]}, side by side: {@code [..., 2·H]}. */
  CONCATENATE((a, b) -> Node.concat(-1, a, b)),
  /** a + b. */
  SUM(Node::plus),
  /** (a + b) / 2. */
  MEAN((a, b) -> a.plus(b).times(0.5)),
  /** a ⊙ b. */
  PRODUCT(Node::times);

  private final BinaryOperator<Node> function;

  Merge(BinaryOperator<Node> function) {
    this.function = function;
  }

  /** Returns one node of two. */
  public Node of(Node a, Node b) {
    return function.apply(a, b);
  }
}
