package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.onnx.internal.file.Attributes;
import dev.rnn4j.onnx.internal.file.Graph;
import dev.rnn4j.onnx.internal.file.Kind;
import dev.rnn4j.onnx.internal.file.Operation;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** An operation with its operands. */
final class Call {
  private final Operation operation;
  private final int version;
  private final List<Optional<Value>> operands;
  private final Body body;

  /** Writes the graph that an operation holds. */
  @FunctionalInterface
  interface Body {
    /** Returns the results of a graph for its inputs. */
    List<Value> write(Graph graph, List<Value> given);
  }

  Call(Operation operation, int version, List<Optional<Value>> operands, Body body) {
    this.body = body;
    this.operation = operation;
    this.version = version;
    this.operands = operands;
  }

  /** Returns the version of the operators. */
  int version() {
    return version;
  }

  /** Returns the settings. */
  Attributes attributes() {
    return operation.attributes();
  }

  /** Returns the results of a graph that an attribute holds. */
  List<Value> within(String attribute, List<Value> given) {
    return body.write(attributes().graph(attribute), given);
  }

  /** Returns how many results are asked for. */
  int outputs() {
    return operation.outputs().size();
  }

  /** Returns how many operands there are, those that are left out included. */
  int count() {
    return operands.size();
  }

  /** Returns whether an operand is there. */
  boolean has(int i) {
    return i < operands.size() && operands.get(i).isPresent();
  }

  /** Returns an operand. */
  Value operand(int i) {
    if (!has(i)) {
      throw new IllegalArgumentException("operand " + i + " is missing");
    }
    return operands.get(i).orElseThrow();
  }

  /** Returns an operand as a node. */
  Node node(int i) {
    return operand(i).node();
  }

  /** Returns all operands as nodes. */
  List<Node> nodes() {
    return IntStream.range(0, operands.size()).mapToObj(this::node).toList();
  }

  /** Returns the kind of an operand. */
  Kind kind(int i) {
    return operand(i).kind();
  }

  /** Returns the shape of an operand. */
  Shape shape(int i) {
    return node(i).shape();
  }

  /**
   * Returns the value of an operand.
   *
   * @throws NeededInputException where it depends on the values of inputs
   */
  Tensor known(int i) {
    return known(operand(i));
  }

  /** Returns the value of what an operation within this one gives. */
  static Tensor known(Value value) {
    if (value.known() != null) {
      return value.known();
    }
    if (value.inputs().isEmpty()) {
      return value.node().eval();
    }
    ImmutableSet<String> inputs = value.inputs();
    throw new NeededInputException(
        "the values of " + String.join(", ", inputs) + " decide the form of the graph", inputs);
  }

  /** Returns the whole numbers that an operand holds. */
  long[] integers(int i) {
    double[] values = known(i).toDoubles();
    long[] integers = new long[values.length];
    for (int j = 0; j < values.length; j++) {
      integers[j] = (long) values[j];
    }
    return integers;
  }

  /** Returns the one number that an operand holds. */
  double number(int i) {
    return known(i).item();
  }

  /** Returns the axes that an attribute or, in later versions, an operand gives. */
  Optional<int[]> axes(int i, int rank) {
    Optional<long[]> given = has(i) ? Optional.of(integers(i)) : attributes().integers("axes");
    return given.map(
        axes -> {
          int[] positive = new int[axes.length];
          for (int j = 0; j < axes.length; j++) {
            positive[j] = positive(axes[j], rank);
          }
          return positive;
        });
  }

  /** Returns the attribute {@code axis} as it counts from the first one. */
  int axis(int otherwise, int rank) {
    return positive(attributes().integer("axis", otherwise), rank);
  }

  /** Returns an axis as it counts from the first one. */
  static int positive(long axis, int rank) {
    if (axis < -rank || axis >= rank) {
      throw new IllegalArgumentException("there is no axis " + axis + " of " + rank);
    }
    return (int) (axis < 0 ? axis + rank : axis);
  }

  /** Returns the result that is of the kind of the first operand. */
  List<Result> result(Node node) {
    return Result.of(node, kind(0));
  }

  /** Returns several results of the kind of the first operand. */
  List<Result> results(List<Node> nodes) {
    return nodes.stream().map(node -> new Result(node, kind(0))).toList();
  }

  /** Returns this; refuses attributes but some, as nobody knows what others change. */
  Call allow(String... names) {
    for (String name : attributes().names()) {
      if (!List.of(names).contains(name)) {
        throw new IllegalArgumentException("the attribute " + name + " is not known here");
      }
    }
    return this;
  }
}
