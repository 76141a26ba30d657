package dev.rnn4j.loss;

import dev.rnn4j.graph.Node;

/** One number that says how far a prediction is from its target; training makes it small. */
@FunctionalInterface
public interface Loss {
  /** Returns the loss, a scalar. */
  Node of(Node prediction, Node target);
}
