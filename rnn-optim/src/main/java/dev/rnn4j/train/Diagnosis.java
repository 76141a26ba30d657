package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Relu;
import dev.rnn4j.graph.op.Sigmoid;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.Tanh;
import dev.rnn4j.io.Batch;
import dev.rnn4j.train.internal.graph.StepGraph;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * What goes on within a model on one batch, in inference, computed in float64: to be looked at, not
 * at every update.
 *
 * @param flows how gradients go back through time: one for each state that is handed on
 * @param gates what sigmoids, hyperbolic tangents and rectifiers come to
 * @param parameters those that are trained
 */
public record Diagnosis(List<Flow> flows, List<Gate> gates, List<Size> parameters) {
  /** A sigmoid is saturated from here to 0 or 1, and a tanh as close to its ends. */
  private static final double CLOSE = 0.05;

  /** A unit whose values differ by less says nothing. */
  private static final double STILL = 1e-6;

  /**
   * The gradient of the loss with respect to a state, {@code rnn.cell/state h}.
   *
   * @param norms for each time step the Euclidean norm over all sequences
   */
  public record Flow(String state, List<Double> norms) {
    /** Creates the flow from a copy of the list. */
    public Flow {
      norms = ImmutableList.copyOf(norms);
    }

    /** Returns the norm at the first step over the norm at the last: what is left of a gradient. */
    public double left() {
      return norms.get(0) / norms.get(norms.size() - 1);
    }
  }

  /**
   * The values of an activation, over all time steps and sequences.
   *
   * @param name what it belongs to, and its kind: {@code rnn.cell.forget sigmoid}
   * @param low the part of values within 5 % of the lower end: 0 to 1; of a rectifier, of zeros
   * @param high the part within 5 % of the upper end; of a rectifier, 0
   * @param dead how many units are the same always: a unit is a number of the last axis
   * @param units how many units there are
   */
  public record Gate(String name, double low, double high, int dead, int units) {
    /** Returns the part of values that are saturated: hardly any gradient passes there. */
    public double saturated() {
      return low + high;
    }
  }

  /**
   * A parameter.
   *
   * @param norm the Euclidean norm of its values
   * @param gradientNorm the norm of its gradient
   */
  public record Size(String path, double norm, double gradientNorm) {}

  /** Creates the diagnosis from copies of the lists. */
  public Diagnosis {
    flows = ImmutableList.copyOf(flows);
    gates = ImmutableList.copyOf(gates);
    parameters = ImmutableList.copyOf(parameters);
  }

  /** Returns the diagnosis for a batch whose sequences begin anew; nothing is trained. */
  public static Diagnosis of(TrainingStep step, Batch batch) {
    checkNotNull(step, "a diagnosis was given null as its training step");
    checkNotNull(batch, "a diagnosis was given null as its batch");
    StepGraph graph = StepGraph.of(step.engine.settings(), batch);
    List<Node> nodes = Graphs.topological(graph.sums());
    List<Node> states = nodes.stream().filter(node -> node.op() instanceof State).toList();
    List<Parameter> trained = graph.parameters();
    List<Node> all = ImmutableList.<Node>builder().addAll(states).addAll(trained).build();
    List<Node> gradients = graph.gradients(all);
    StepGraph.Values values = graph.values();
    Graphs.topological(ImmutableList.<Node>builder().addAll(graph.sums()).addAll(gradients).build())
        .forEach(values::of);
    Map<String, List<Double>> norms = new LinkedHashMap<>();
    for (int i = 0; i < states.size(); i++) {
      norms
          .computeIfAbsent(states.get(i).family().label(), absent -> new ArrayList<>())
          .add(norm(values.of(gradients.get(i))));
    }
    List<Size> sizes = new ArrayList<>();
    for (int i = 0; i < trained.size(); i++) {
      sizes.add(
          new Size(
              step.engine.settings().trained().get(i).path(),
              norm(values.of(trained.get(i))),
              norm(values.of(gradients.get(states.size() + i)))));
    }
    return new Diagnosis(
        norms.entrySet().stream().map(e -> new Flow(e.getKey(), e.getValue())).toList(),
        gates(nodes, values),
        sizes);
  }

  private static double norm(double[] values) {
    double largest = 0;
    for (double value : values) {
      largest = Math.max(largest, Math.abs(value));
    }
    if (largest == 0 || !Double.isFinite(largest)) {
      return largest;
    }
    double sum = 0;
    for (double value : values) {
      sum += value / largest * (value / largest);
    }
    return largest * Math.sqrt(sum);
  }

  private static List<Gate> gates(List<Node> nodes, StepGraph.Values values) {
    Map<Family, Counts> counts = new LinkedHashMap<>();
    for (Node node : nodes) {
      if (node.op() instanceof Sigmoid || node.op() instanceof Tanh || node.op() instanceof Relu) {
        counts.computeIfAbsent(node.family(), absent -> new Counts(node)).add(values.of(node));
      }
    }
    Map<String, Integer> names = new HashMap<>();
    return counts.values().stream()
        .map(
            count -> {
              int number = names.merge(count.name, 1, Integer::sum);
              return count.gate(number == 1 ? count.name : count.name + " " + number);
            })
        .toList();
  }

  /** Returns what an activation is called: by what it is applied to, which names the gate. */
  private static String name(Node node) {
    String label = node.operand(0).family().label();
    int slash = label.lastIndexOf('/');
    return (slash < 0 ? "" : label.substring(0, slash) + " ") + node.op().name();
  }

  /** What an activation has come to so far. */
  private static final class Counts {
    private final String name;
    private final double lowest;
    private final boolean bounded;
    private final double[] least;
    private final double[] most;
    private long low;
    private long high;
    private long count;

    Counts(Node node) {
      name = name(node);
      lowest = node.op() instanceof Tanh ? -1 : 0;
      bounded = !(node.op() instanceof Relu);
      int units = node.shape().rank() == 0 ? 1 : node.shape().size(-1);
      least = new double[units];
      most = new double[units];
      Arrays.fill(least, Double.POSITIVE_INFINITY);
      Arrays.fill(most, Double.NEGATIVE_INFINITY);
    }

    void add(double[] values) {
      double near = bounded ? CLOSE * (1 - lowest) : 0;
      for (int i = 0; i < values.length; i++) {
        low += values[i] <= lowest + near ? 1 : 0;
        high += bounded && values[i] >= 1 - near ? 1 : 0;
        int unit = i % least.length;
        least[unit] = Math.min(least[unit], values[i]);
        most[unit] = Math.max(most[unit], values[i]);
      }
      count += values.length;
    }

    Gate gate(String title) {
      int dead = 0;
      for (int i = 0; i < least.length; i++) {
        dead += most[i] - least[i] < STILL ? 1 : 0;
      }
      double all = Math.max(1, count);
      return new Gate(title, low / all, high / all, dead, least.length);
    }
  }

  /** Returns a few lines for a person. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (Flow flow : flows) {
      text.append(
          String.format(
              Locale.ROOT,
              "gradient of %s: %.2g at the first step, %.2g at the last\n",
              flow.state,
              flow.norms.get(0),
              flow.norms.get(flow.norms.size() - 1)));
    }
    for (Gate gate : gates) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: %.0f %% low, %.0f %% high, %d of %d units dead\n",
              gate.name,
              100 * gate.low,
              100 * gate.high,
              gate.dead,
              gate.units));
    }
    for (Size size : parameters) {
      text.append(
          String.format(
              Locale.ROOT,
              "%s: norm %.2g, gradient %.2g\n",
              size.path,
              size.norm,
              size.gradientNorm));
    }
    return text.toString();
  }
}
