package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Constant;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;
import java.util.List;

/**
 * What stands behind a name: a node, and its value where that is known while the graph is built.
 *
 * @param node null for a sequence
 * @param known the value, or null
 * @param inputs the inputs of the graph whose values it depends on
 * @param items the tensors of a sequence, null for a tensor
 */
public record Value(
    Node node, Kind kind, Tensor known, ImmutableSet<String> inputs, List<Node> items) {
  Value(Node node, Kind kind, Tensor known, ImmutableSet<String> inputs) {
    this(node, kind, known, inputs, null);
  }

  /** Returns the tensor. */
  @Override
  public Node node() {
    if (items != null) {
      throw new IllegalArgumentException("a sequence of tensors is given where one has to be");
    }
    return node;
  }

  /** Returns a known value. */
  public static Value known(Tensor tensor, Kind kind) {
    return new Value(Node.constant(tensor), kind, tensor, ImmutableSet.of());
  }

  /** Returns a tensor of the file. */
  public static Value of(Constant constant) {
    return known(constant.tensor(), constant.kind());
  }

  /** Returns the value of an input of the graph. */
  public static Value input(String name, Node node, Kind kind) {
    return new Value(node, kind, null, ImmutableSet.of(name));
  }

  /** Returns what only parameters decide. */
  public static Value parameter(Node node) {
    return new Value(node, Kind.FLOAT, null, ImmutableSet.of());
  }
}
