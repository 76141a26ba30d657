package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/**
 * What an operator gives: a tensor, or a sequence of them.
 *
 * @param node null for a sequence
 * @param items null for a tensor
 */
record Result(Node node, Kind kind, List<Node> items) {
  Result(Node node, Kind kind) {
    this(node, kind, null);
  }

  /** Returns one sequence of tensors. */
  static List<Result> sequence(List<Node> items, Kind kind) {
    return List.of(new Result(null, kind, List.copyOf(items)));
  }

  /** Returns one result. */
  static List<Result> of(Node node, Kind kind) {
    return List.of(new Result(node, kind));
  }

  /** Returns one result whose value is known. */
  static List<Result> known(Tensor tensor, Kind kind) {
    return of(Node.constant(tensor), kind);
  }
}
