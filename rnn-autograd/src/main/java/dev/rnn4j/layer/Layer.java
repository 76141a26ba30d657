package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;

/** A function of one node, usually a record of parameters and other layers; a model is one. */
@FunctionalInterface
public interface Layer {
  /** Returns the layer's output. */
  Node apply(Node x);
}
