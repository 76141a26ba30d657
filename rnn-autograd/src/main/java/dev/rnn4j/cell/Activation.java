package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import java.util.function.UnaryOperator;

/** An elementwise function applied to a weighted sum. */
public enum Activation {
  /** tanh a. */
  TANH(Node::tanh),
  /** σ(a) = 1 / (1 + e⁻ᵃ). */
  SIGMOID(Node::sigmoid),
  /** max(a, 0). */
  RELU(Node::relu),
  /** a itself. */
  IDENTITY(UnaryOperator.identity());

  private final UnaryOperator<Node> function;

  Activation(UnaryOperator<Node> function) {
    this.function = function;
  }

  /** Returns the function of a node. */
  public Node of(Node a) {
    return function.apply(a);
  }
}
