package dev.rnn4j.train.internal.segment;

import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.StateName;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.train.internal.graph.BatchGraph;
import dev.rnn4j.train.internal.graph.Gradient;
import dev.rnn4j.train.internal.graph.SegmentStates;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.graph.States;
import dev.rnn4j.train.internal.memory.StepArrays;
import dev.rnn4j.train.internal.plan.BatchPlan;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compiles plans for segments of batches of one form. */
public final class SegmentPlans {
  private final Settings settings;
  private final Weights weights;
  private final States states;
  private final List<Parameter> places;
  private final BatchSignature form;
  private final boolean trains;
  private final SegmentForm segments;
  private final int threads;

  /**
   * Finds out how batches of a form are cut.
   *
   * @param weights those of the training
   * @param states what is carried from batch to batch, or null
   * @param places where gradients go
   * @param trains whether there are gradients
   * @param threads how many take part
   * @throws IllegalStateException where they cannot be cut
   */
  public SegmentPlans(
      Settings settings,
      Weights weights,
      States states,
      List<Parameter> places,
      BatchSignature form,
      boolean trains,
      int threads) {
    this.settings = settings;
    this.weights = weights;
    this.states = states;
    this.places = places;
    this.form = form;
    this.trains = trains;
    this.threads = threads;
    this.segments = SegmentForm.of(form, this::graph);
  }

  private BatchGraph graph(int steps) {
    return BatchGraph.ofSegment(settings, states, form.withSteps(steps), trains);
  }

  /** Returns the plan that computes with segments of some length, which is less than the whole. */
  public SegmentPlan plan(int length, StepArrays arrays) {
    int steps = form.steps();
    int rest = (steps - 1) % length + 1;
    if (!trains) {
      Segment inner = evaluated(length, false, arrays);
      Segment last = evaluated(rest, true, arrays);
      SegmentPassage forward = new SegmentsForward(inner, last, segments, move());
      return new SegmentPlan(inner, last, segments, forward, steps, length);
    }
    Segment walk = walk(length, arrays);
    Segment inner = inner(length, arrays);
    Segment last = last(rest, arrays);
    int count = SegmentPlan.count(steps, length);
    SegmentPassage both = new SegmentsBothWays(walk, inner, last, segments, count, move());
    return new SegmentPlan(inner, last, segments, both, steps, length);
  }

  private StateMove move() {
    return states == null
        ? null
        : new StateMove(weights, segments.states(), states.source().stored());
  }

  /** Returns the bytes that the arrays of one segment take. */
  public long bytes(int length, StepArrays arrays) {
    return inner(length, arrays).plan().session().neededBytes();
  }

  /** Returns the bytes of the states between two segments. */
  public long stateBytes() {
    return segments.stateBytes(weights.precision());
  }

  private Segment walk(int length, StepArrays arrays) {
    BatchGraph graph = graph(length);
    Plan plan = builder(ends(graph)).compile(weights.precision());
    return segment(graph, null, plan, arrays, List.of());
  }

  private Segment inner(int length, StepArrays arrays) {
    BatchGraph graph = graph(length);
    List<Node> ends = ends(graph);
    List<Input> adjoints =
        ends.stream().map(end -> Input.of("adjoint", end.shape().toArray())).toList();
    Gradient gradient = Gradient.of(graph, segments.added(), ends, adjoints, begins(graph));
    List<Node> outputs = results(graph, false);
    outputs.addAll(gradient.others());
    Plan.Builder plan = builder(outputs);
    for (int i = 0; i < places.size(); i++) {
      Node more = gradient.ofParameters().get(i);
      if (!(more.op() instanceof Constant constant && constant.isAbsent())) {
        plan.update(places.get(i), places.get(i).plus(more));
      }
    }
    return segment(graph, gradient, plan.compile(weights.precision()), arrays, adjoints);
  }

  private Segment last(int length, StepArrays arrays) {
    BatchGraph graph = graph(length);
    boolean[] all = new boolean[segments.added().length];
    Arrays.fill(all, true);
    Gradient gradient = Gradient.of(graph, all, List.of(), List.of(), begins(graph));
    List<Node> outputs = results(graph, true);
    outputs.addAll(gradient.others());
    if (states != null) {
      outputs.addAll(ends(graph));
    }
    Plan.Builder plan = builder(outputs);
    for (int i = 0; i < places.size(); i++) {
      plan.update(places.get(i), gradient.ofParameters().get(i));
    }
    return segment(graph, gradient, plan.compile(weights.precision()), arrays, List.of());
  }

  private Segment evaluated(int length, boolean isLast, StepArrays arrays) {
    BatchGraph graph = graph(length);
    List<Node> outputs = results(graph, isLast);
    if (!isLast || states != null) {
      outputs.addAll(ends(graph));
    }
    Plan plan = builder(outputs).compile(weights.precision());
    return segment(graph, null, plan, arrays, List.of());
  }

  private Segment segment(
      BatchGraph graph, Gradient gradient, Plan plan, StepArrays arrays, List<Input> adjoints) {
    BatchPlan own = new BatchPlan(graph, gradient, plan, arrays, null);
    List<Node> others = gradient == null ? List.of() : gradient.others();
    return new Segment(graph, own, segments.states(), adjoints, others);
  }

  private Plan.Builder builder(List<Node> outputs) {
    return Plan.of(outputs).weights(weights).threads(threads);
  }

  private List<Node> ends(BatchGraph graph) {
    return SegmentForm.ends(graph, segments.states());
  }

  private List<Input> begins(BatchGraph graph) {
    Map<StateName, SegmentStates.Begin> all = graph.segments.begins();
    Set<StateName> used = segments.states();
    return used.stream().map(state -> all.get(state).input()).toList();
  }

  /** Returns the losses and outputs that a segment has a part of. */
  private List<Node> results(BatchGraph graph, boolean isLast) {
    List<Node> results = new ArrayList<>();
    for (int i = 0; i < segments.added().length; i++) {
      if (isLast || segments.added()[i]) {
        results.add(graph.terms.sums().get(i));
      }
    }
    graph
        .losses
        .outputs()
        .forEach(
            (name, node) -> {
              Kind kind = segments.outputs().get(name).kind();
              boolean inAll = kind == Kind.STEPS || kind == Kind.SUM;
              if (inAll || isLast && kind != Kind.MIXED) {
                results.add(node);
              }
            });
    return results;
  }
}
