package dev.rnn4j.train.internal.segment;

import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.cut.Cut;
import dev.rnn4j.cut.Role;
import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.cut.Traced;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.train.internal.graph.BatchGraph;
import dev.rnn4j.train.internal.graph.SegmentStates;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.IntFunction;

/**
 * How an objective is computed in segments of its sequences.
 *
 * @param added which losses are sums over segments; the others are known at the end of a sequence
 * @param weightsAdded which weights of losses are
 * @param outputs what the segments' outputs are to those of whole sequences
 * @param states the states that go on from segment to segment
 * @param shapes their shapes
 */
record SegmentForm(
    boolean[] added,
    boolean[] weightsAdded,
    Map<String, Role> outputs,
    Set<StateName> states,
    List<Shape> shapes) {
  private static final int SHORTER = 3;
  private static final int LONGER = 5;

  /**
   * Finds out how, from the graph at two lengths.
   *
   * @param graphs builds the graph of a segment of some length
   * @throws IllegalStateException where it cannot be cut: says which layer, and why
   */
  static SegmentForm of(BatchSignature form, IntFunction<BatchGraph> graphs) {
    List<Axes> axes = form.timeAxes();
    BatchGraph shorter = built(graphs, SHORTER);
    BatchGraph longer = built(graphs, LONGER);
    Set<StateName> states = states(shorter);
    List<Node> roots = roots(shorter, states);
    List<Role> roles =
        Cut.roles(traced(SHORTER, shorter, axes, states), traced(LONGER, longer, axes, states));
    int losses = shorter.terms.form().size();
    boolean[] added = new boolean[losses];
    boolean[] weightsAdded = new boolean[losses];
    int next = 0;
    for (int i = 0; i < losses; i++) {
      String what = "the loss " + shorter.terms.form().names().get(i);
      added[i] = isAdded(what, roles.get(next++));
      weightsAdded[i] =
          shorter.terms.varies(i)
              ? isAdded("the weight of " + what, roles.get(next++))
              : isAdded(what, shorter.terms.constant(i), longer.terms.constant(i));
    }
    for (StateName state : states) {
      isAdded("the state " + state, roles.get(next++));
    }
    Map<String, Role> outputs = new LinkedHashMap<>();
    for (String name : shorter.losses.outputs().keySet()) {
      Role role = roles.get(next);
      Node node = roots.get(next++);
      Node other = longer.losses.outputs().get(name);
      boolean timeFirst = role.kind() != Kind.STEPS || node.size(0) != other.size(0);
      outputs.put(name, timeFirst ? role : new Role(Kind.MIXED, 0, name + " is not time first"));
    }
    List<Shape> shapes = ends(shorter, states).stream().map(Node::shape).toList();
    return new SegmentForm(added, weightsAdded, outputs, states, shapes);
  }

  /** Returns the bytes of the states between two segments. */
  long stateBytes(Precision precision) {
    return Kept.bytes(precision, shapes);
  }

  private static BatchGraph built(IntFunction<BatchGraph> graphs, int steps) {
    try {
      return graphs.apply(steps);
    } catch (ShapeException e) {
      throw new ShapeException(
          "a memory budget lets the objective see sequences in segments, and it does not take one"
              + " of "
              + steps
              + " steps: "
              + e.getMessage());
    }
  }

  private static Traced traced(
      int steps, BatchGraph graph, List<Axes> axes, Set<StateName> states) {
    List<Input> sequences = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      if (axes.get(i) == Axes.TIME_BATCH) {
        sequences.add(graph.inputs.inputs().get(i));
      }
    }
    List<Node> begins =
        graph.segments.begins().values().stream().map(SegmentStates.Begin::node).toList();
    return Traced.of(steps, roots(graph, states), sequences, begins);
  }

  private static List<Node> roots(BatchGraph graph, Set<StateName> states) {
    List<Node> roots = new ArrayList<>();
    for (int i = 0; i < graph.terms.form().size(); i++) {
      roots.add(graph.terms.sums().get(i));
      if (graph.terms.varies(i)) {
        roots.add(graph.terms.weights().get(i));
      }
    }
    roots.addAll(ends(graph, states));
    roots.addAll(graph.losses.outputs().values());
    return roots;
  }

  /** Returns what a segment leaves of some states. */
  static List<Node> ends(BatchGraph graph, Set<StateName> states) {
    Map<StateName, Node> all = graph.inputs.pass().finalStates();
    return states.stream().map(all::get).toList();
  }

  /** Returns the states that anything depends on, and those that are carried to the next batch. */
  private static Set<StateName> states(BatchGraph graph) {
    Map<StateName, Node> ends = graph.inputs.pass().finalStates();
    List<Node> roots = graph.outputs();
    roots.addAll(graph.terms.weights());
    Set<StateName> states = new LinkedHashSet<>();
    if (graph.source != null) {
      states.addAll(graph.source.stored().keySet());
    }
    boolean more = true;
    while (more) {
      states.forEach(state -> roots.add(ends.get(state)));
      Order order = new Order(roots);
      more = false;
      for (Map.Entry<StateName, SegmentStates.Begin> begin : graph.segments.begins().entrySet()) {
        more |= order.of(begin.getValue().input()) >= 0 && states.add(begin.getKey());
      }
    }
    return states;
  }

  private static boolean isAdded(String what, Role role) {
    checkState(
        role.kind() == Kind.SUM || role.kind() == Kind.LAST || role.kind() == Kind.SAME,
        "a memory budget cuts sequences into segments, and %s cannot be cut: %s",
        what,
        role.why());
    return role.kind() == Kind.SUM;
  }

  /** A weight that grows with the length is a sum over time steps. */
  private static boolean isAdded(String what, double shorter, double longer) {
    boolean same = shorter == longer;
    checkState(
        same || shorter * LONGER == longer * SHORTER,
        "a memory budget cuts sequences into segments, and the weight of %s cannot be cut: it is %s"
            + " for %s time steps and %s for %s",
        what,
        shorter,
        SHORTER,
        longer,
        LONGER);
    return !same;
  }
}
