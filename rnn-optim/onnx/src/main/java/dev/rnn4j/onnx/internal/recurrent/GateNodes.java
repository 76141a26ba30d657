package dev.rnn4j.onnx.internal.recurrent;

import dev.rnn4j.graph.Node;

/**
 * The weights of a gate.
 *
 * @param weightIh W, {@code [I, H]}
 * @param weightHh R, {@code [H, H]}
 * @param biasIh {@code [H]}
 * @param biasHh {@code [H]}
 */
public record GateNodes(Node weightIh, Node weightHh, Node biasIh, Node biasHh) {
  /** Returns x·W + h·R and both biases, {@code [N, H]}. */
  Node apply(Node x, Node h) {
    return input(x).plus(recurrent(h));
  }

  Node input(Node x) {
    return x.matmul(weightIh).plus(biasIh);
  }

  Node recurrent(Node h) {
    return h.matmul(weightHh).plus(biasHh);
  }
}
