package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.plan.Weights;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;

/**
 * What belongs to a model is what it lists. A parameter that is reached and not listed would be
 * neither trained nor saved, and nobody would know.
 */
public final class Ownership {
  private Ownership() {}

  /**
   * Refuses weights of another instance of a model: values that nobody ever set would be used, and
   * those that are there would not.
   */
  public static void checkInstance(Object model, Weights weights) {
    Map<String, Parameter> parameters = Parameters.of(model);
    Set<Parameter> held = weights.parameters();
    boolean others = !parameters.values().containsAll(held);
    parameters.forEach(
        (path, parameter) ->
            checkArgument(
                !others || held.contains(parameter),
                "the weights hold values of another model and none for %s: give the instance that was"
                    + " trained, as two models are never the same, however alike",
                path));
  }

  /**
   * Refuses a graph that reaches other parameters, through operands that gradients flow to.
   *
   * @param owned which parameters the model lists, or are said to be frozen
   */
  public static void check(
      Collection<? extends Node> outputs, Predicate<Parameter> owned, List<String> paths) {
    Order order = new Order(outputs);
    boolean[] reached = new boolean[order.size()];
    outputs.forEach(output -> reached[order.of(output)] = true);
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.node(i);
      for (int k = 0; reached[i] && k < node.operands().size(); k++) {
        Node operand = node.operand(k);
        if (node.op().differentiable(k)) {
          reached[order.of(operand)] = true;
          if (operand instanceof Parameter parameter && !owned.test(parameter)) {
            throw refusal(parameter, node, paths);
          }
        }
      }
    }
  }

  private static IllegalArgumentException refusal(
      Parameter parameter, Node met, List<String> paths) {
    String line = met.family().builtAt().map(at -> ", built at " + at).orElse("");
    return new IllegalArgumentException(
        "the parameter "
            + parameter.name()
            + " "
            + parameter.shape()
            + " is used by "
            + met.family().label()
            + line
            + ", and is not part of the model, which lists "
            + paths
            + ": hold it in a component of the model's records or in a list of them (arrays,"
            + " Optional, lambdas and plain classes are not looked into), or name it in frozen(...)");
  }
}
