package dev.rnn4j.onnx.internal.recurrent;

import dev.rnn4j.graph.Node;

/**
 * The weights of a gate.
 *
 * @param weightIh W, {@code [I, H]}
 * @param weightHh R, {@code [H, H]}
 * @param bias b, {@code [H]}
 */
public record GateNodes(Node weightIh, Node weightHh, Node bias) {
  /** Returns x·W + b + h·R, {@code [N, H]}. */
  Node apply(Node x, Node h) {
    return input(x).plus(h.matmul(weightHh));
  }

  /** Returns x·W + b. */
  Node input(Node x) {
    return x.matmul(weightIh).plus(bias);
  }
}
