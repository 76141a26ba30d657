package dev.rnn4j.train.internal.segment;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.internal.graph.BatchGraph;
import dev.rnn4j.train.internal.plan.BatchPlan;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A plan of one segment: what it begins with, what goes on from it, and what it gives. */
final class Segment {
  private final BatchPlan plan;
  private final Input first;
  private final Input[] begins;
  private final Input[] adjoints;
  private final Node[] ends;
  private final Node[] stateGradients;
  private final Node[] sums;
  private final Map<String, Node> outputs;
  private final Node[] outputList;
  private final float[] one = {1};
  private final float[] zero = {0};

  /**
   * Creates the segment.
   *
   * @param states those that go on from segment to segment
   * @param adjoints an input for the gradient with respect to each of them at the end, or none
   * @param stateGradients the gradient with respect to each at the beginning, or none
   */
  Segment(
      BatchGraph graph,
      BatchPlan plan,
      Set<StateName> states,
      List<Input> adjoints,
      List<Node> stateGradients) {
    Plan compiled = plan.session().plan();
    this.plan = plan;
    Input flag = graph.segments.first();
    this.first = compiled.has(flag) ? flag : null;
    this.begins =
        states.stream()
            .map(state -> graph.segments.begins().get(state).input())
            .map(input -> compiled.has(input) ? input : null)
            .toArray(Input[]::new);
    this.adjoints =
        adjoints.stream().map(input -> compiled.has(input) ? input : null).toArray(Input[]::new);
    this.ends = SegmentForm.ends(graph, states).toArray(Node[]::new);
    this.stateGradients = stateGradients.toArray(Node[]::new);
    this.sums = graph.terms.sums().toArray(Node[]::new);
    this.outputs = graph.losses.outputs();
    this.outputList = outputs.values().toArray(Node[]::new);
  }

  BatchPlan plan() {
    return plan;
  }

  Precision precision() {
    return plan.session().plan().precision();
  }

  /** Says whether sequences begin with this segment. */
  void setFirst(boolean isFirst) {
    if (first != null) {
      plan.session().set(first, isFirst ? one : zero);
    }
  }

  /** Returns the inputs of the states that it begins with; null for one that has no effect. */
  Input[] begins() {
    return begins;
  }

  /** Returns the inputs of the gradients with respect to the states that it ends with. */
  Input[] adjoints() {
    return adjoints;
  }

  /** Returns the states that it ends with. */
  Node[] ends() {
    return ends;
  }

  /** Returns the gradients with respect to the states that it begins with. */
  Node[] stateGradients() {
    return stateGradients;
  }

  /** Returns the sums of the losses. */
  Node[] sums() {
    return sums;
  }

  /** Returns the outputs of the objective by name. */
  Map<String, Node> outputs() {
    return outputs;
  }

  /** Returns the outputs in the order of their names. */
  Node[] outputList() {
    return outputList;
  }
}
