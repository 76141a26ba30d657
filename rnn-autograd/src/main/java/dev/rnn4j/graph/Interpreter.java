package dev.rnn4j.graph;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Evaluates nodes one by one in float64: short, obvious, and the definition of what they mean. */
public final class Interpreter {
  private Interpreter() {}

  /**
   * Returns the values of nodes.
   *
   * @param nodes what to evaluate
   * @param given the values of inputs, and of parameters that differ from the initial ones
   */
  public static List<Tensor> eval(List<? extends Node> nodes, Map<? extends Node, Tensor> given) {
    Map<Node, double[]> values = new HashMap<>();
    for (Node node : Graphs.topological(nodes)) {
      values.put(node, value(node, values, given));
    }
    return nodes.stream().map(node -> Tensor.of(node.shape(), values.get(node))).toList();
  }

  private static double[] value(
      Node node, Map<Node, double[]> values, Map<? extends Node, Tensor> given) {
    Tensor value = given.get(node);
    if (value == null && node instanceof Parameter parameter) {
      value = parameter.initial();
    }
    checkArgument(
        value != null || !(node instanceof Input),
        "the input %s has no value: name it among those given",
        node);
    if (value != null) {
      checkArgument(
          value.shape().equals(node.shape()),
          "%s was given a value of shape %s",
          node,
          value.shape());
      return value.toDoubles();
    }
    double[][] x = node.operands().stream().map(values::get).toArray(double[][]::new);
    double[] y = new double[node.shape().elements()];
    node.op().forward(node, x, y);
    return y;
  }
}
