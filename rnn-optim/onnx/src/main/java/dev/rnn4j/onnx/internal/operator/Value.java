package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.tensor.Tensor;

/**
 * What stands behind a name: a node, and its value where that is known while the graph is built.
 *
 * @param known the value, or null
 * @param inputs the inputs of the graph whose values it depends on
 */
public record Value(Node node, Kind kind, Tensor known, ImmutableSet<String> inputs) {
  /** Returns a known value. */
  public static Value known(Tensor tensor, Kind kind) {
    return new Value(Node.constant(tensor), kind, tensor, ImmutableSet.of());
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
