package dev.rnn4j.examples.reference;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The inputs of a case, and what a float64 plan makes of them. */
final class Evaluation {
  private final Fields fields;
  private final Map<String, Input> inputs = new LinkedHashMap<>();
  private final Map<String, Tensor> values = new LinkedHashMap<>();
  private final Set<String> predictions = new LinkedHashSet<>();

  Evaluation(Fields fields) {
    this.fields = fields;
  }

  /** Returns an input. */
  Input input(String name) {
    return inputs.computeIfAbsent(
        name,
        absent -> {
          Tensor value = fields.tensor(name);
          values.put(name, value);
          return Input.of(name, value.shape());
        });
  }

  /** Returns an input whose gradient must be expected: a prediction, or a target of its kind. */
  Input prediction(String name) {
    predictions.add(name);
    return input(name);
  }

  /** Returns numbers that are a setting. */
  double[] numbers(String name) {
    return fields.vector(name).toDoubles();
  }

  /** Compares a node's value. */
  void compare(String name, Tensor expected, Node node, Differences differences) {
    differences.compare(name, expected, run(List.of(node)).get(0));
  }

  /** Compares the gradients that are expected; those of predictions are. */
  void compareGradients(Fields expected, Node value, Differences differences) {
    for (String name : predictions) {
      if (!expected.has(name)) {
        throw new BadCaseException("the gradient of " + name + " is missing");
      }
    }
    List<String> names = List.copyOf(expected.keys());
    for (String name : names) {
      if (!inputs.containsKey(name)) {
        throw new BadCaseException("a gradient is expected of " + name + ", which is no input");
      }
    }
    List<Tensor> actual = run(Gradients.of(value, names.stream().map(inputs::get).toList()));
    for (int i = 0; i < names.size(); i++) {
      String name = names.get(i);
      differences.compare("gradients." + name, expected.tensor(name), actual.get(i));
    }
  }

  /** Compares nodes, all of one plan. */
  void compareAll(Map<String, Tensor> expected, Map<String, Node> nodes, Differences differences) {
    List<Tensor> actual = run(List.copyOf(nodes.values()));
    int i = 0;
    for (String name : nodes.keySet()) {
      differences.compare(name, expected.get(name), actual.get(i++));
    }
  }

  /** Returns the names of the inputs whose gradients must be expected. */
  Set<String> predictions() {
    return predictions;
  }

  private List<Tensor> run(List<Node> nodes) {
    Session session = Plan.of(nodes).compile(Precision.FLOAT64).session();
    Order graph = new Order(nodes);
    inputs.forEach(
        (name, input) -> {
          if (graph.of(input) >= 0) {
            session.set(input, values.get(name));
          }
        });
    session.run();
    return nodes.stream().map(session::get).toList();
  }
}
