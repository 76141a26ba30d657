package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/** What an operator gives. */
record Result(Node node, Kind kind) {
  /** Returns one result. */
  static List<Result> of(Node node, Kind kind) {
    return List.of(new Result(node, kind));
  }

  /** Returns one result whose value is known. */
  static List<Result> known(Tensor tensor, Kind kind) {
    return of(Node.constant(tensor), kind);
  }
}
