package dev.rnn4j.onnx.internal.operator;

import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/**
 * What an operator gives.
 *
 * @param known the value where the operator has computed it; else null
 */
record Result(Node node, Kind kind, Tensor known) {
  static List<Result> of(Node node, Kind kind) {
    return List.of(new Result(node, kind, null));
  }

  static List<Result> known(Tensor tensor, Kind kind) {
    return List.of(new Result(Node.constant(tensor), kind, tensor));
  }
}
