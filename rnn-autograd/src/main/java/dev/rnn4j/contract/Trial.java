package dev.rnn4j.contract;

import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Interpreter;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.graph.Records;
import dev.rnn4j.layer.Unrolled;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.SharedArrays;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** A cell over a sequence, with values for its input and its parameters. */
final class Trial<S> {
  final Input x;
  final Unrolled<S> unrolled;

  /** Of all leaves, parameters first. */
  final Map<Node, Tensor> values = new LinkedHashMap<>();

  /** By path. */
  final Map<String, Parameter> parameters;

  private final Subject<S> subject;

  Trial(Subject<S> subject, Input x, Unrolled<S> unrolled) {
    this.subject = subject;
    this.x = x;
    this.unrolled = unrolled;
    this.parameters = Parameters.of(subject.cell());
    RandomGenerator random = new Random(subject.seed());
    for (Parameter parameter : parameters.values()) {
      Tensor initial = parameter.initial();
      double[] moved = initial.toDoubles();
      for (int i = 0; i < moved.length; i++) {
        moved[i] = (float) (moved[i] + 0.4 * random.nextDouble() - 0.2);
      }
      values.put(parameter, Tensor.of(initial.shape(), moved));
    }
    values.put(x, draw(x.shape()));
  }

  /** Returns random numbers from −1 to 1, the same for each shape. */
  Tensor draw(Shape shape) {
    RandomGenerator random = new Random(31 * subject.seed() + shape.hashCode());
    double[] drawn = new double[shape.elements()];
    for (int i = 0; i < drawn.length; i++) {
      drawn[i] = (float) (2 * random.nextDouble() - 1);
    }
    return Tensor.of(shape, drawn);
  }

  Node outputs() {
    return unrolled.outputs().values();
  }

  List<Node> states() {
    return Records.nodes(unrolled.state());
  }

  /** Returns the outputs, then the final states. */
  List<Node> made() {
    List<Node> made = new ArrayList<>(List.of(outputs()));
    made.addAll(states());
    return made;
  }

  /** Returns one number that depends on all that is made. */
  Node sum() {
    return Node.sum(
        made().stream().map(n -> n.times(Node.constant(draw(n.shape()))).sum()).toList());
  }

  /** Returns all that is made, and the gradients of its sum by all leaves. */
  List<Node> results() {
    List<Node> results = made();
    results.addAll(Gradients.of(sum(), List.copyOf(values.keySet())));
    return results;
  }

  /** Returns what a result is, in words. */
  String name(int result) {
    List<String> names = Records.nodeNames(unrolled.state());
    List<String> leaves = new ArrayList<>(parameters.keySet());
    leaves.add("x");
    int leaf = result - 1 - names.size();
    return result == 0
        ? "the outputs"
        : leaf < 0
            ? "the final state " + names.get(result - 1)
            : "the gradient of " + leaves.get(leaf);
  }

  /** Returns values of nodes by the interpreter, in float64. */
  List<Tensor> eval(List<Node> nodes) {
    Map<Node, Tensor> present = new HashMap<>(values);
    present.keySet().retainAll(Set.copyOf(Graphs.topological(nodes)));
    return Interpreter.eval(nodes, present);
  }

  Session session(Precision precision, int threads, List<Node> nodes, SharedArrays arrays) {
    Weights weights = Weights.of(precision);
    Set<Node> present = Set.copyOf(Graphs.topological(nodes));
    Plan plan = Plan.of(nodes).weights(weights).threads(threads).compile(precision);
    Session session = arrays == null ? plan.session() : plan.session(arrays);
    values.forEach(
        (leaf, value) -> {
          if (leaf instanceof Parameter parameter) {
            weights.set(parameter, value);
          } else if (present.contains(leaf)) {
            session.set((Input) leaf, value);
          }
        });
    return session;
  }

  /** Returns all results of a plan on some threads. */
  List<Tensor> run(Precision precision, int threads) {
    return run(precision, threads, null);
  }

  List<Tensor> run(Precision precision, int threads, SharedArrays arrays) {
    List<Node> nodes = results();
    Session session = session(precision, threads, nodes, arrays).run();
    return nodes.stream().map(session::get).toList();
  }

  /** Returns where results differ in a bit, in words. */
  Optional<String> difference(List<Tensor> expected, List<Tensor> actual, String when) {
    return difference(expected, actual, 0, when);
  }

  /** Returns where results differ by more than a part of the largest value, or of 1. */
  Optional<String> difference(
      List<Tensor> expected, List<Tensor> actual, double tolerance, String when) {
    for (int i = 0; i < expected.size(); i++) {
      Optional<String> found = Difference.of(expected.get(i), actual.get(i), tolerance);
      if (found.isPresent()) {
        return Optional.of(
            name(i) + " " + found.get() + " " + when + ", with x " + x.shape() + " [T, N, I]");
      }
    }
    return Optional.empty();
  }
}
