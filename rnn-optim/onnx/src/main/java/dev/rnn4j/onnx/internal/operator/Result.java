package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/**
 * What an operator gives: a tensor, or a sequence of them.
 *
 * @param node null for a sequence
 * @param items null for a tensor
 * @param inputs those of the graph whose values it depends on; null where the operands say so
 */
record Result(Node node, Kind kind, List<Node> items, ImmutableSet<String> inputs) {
  Result(Node node, Kind kind) {
    this(node, kind, null, null);
  }

  /** Returns what is given on as it is. */
  static Result of(Value value) {
    Node node = value.items() == null ? value.node() : null;
    return new Result(node, value.kind(), value.items(), value.inputs());
  }

  /** Returns one sequence of tensors. */
  static List<Result> sequence(List<Node> items, Kind kind) {
    return List.of(new Result(null, kind, List.copyOf(items), null));
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
