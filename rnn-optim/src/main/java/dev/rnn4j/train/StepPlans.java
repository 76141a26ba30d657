package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.grad.Gradients;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.RandomKey;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.train.Assignment.Trained;
import java.util.ArrayList;
import java.util.List;

/**
 * The plans of a training step: for each form of batch one that runs forward, backward and update,
 * one that leaves gradients in their places, and one that evaluates; and for all of them one that
 * updates from the gradients in their places. Those that train compute with the same arrays, and
 * those that evaluate with others, so that what was computed last can be read after evaluating.
 */
final class StepPlans {
  private final Settings settings;
  private final Weights weights;
  private final Updates updates;
  private final GradientSlots gradients;
  private final States states;
  private final List<Parameter> parameters;
  private final PlanCache<BatchSignature, BatchPlan> running;
  private final PlanCache<BatchSignature, BatchPlan> computing;
  private final PlanCache<BatchSignature, BatchPlan> evaluating;
  private final StepArrays training;
  private final StepArrays evaluation;

  /** What is there once, for all forms of batch. */
  private final PlanBudget.Charge common;

  private Session updating;
  private Updates.ScalarSet scalars;

  /**
   * Creates the plans' makers.
   *
   * @param weights those of the training
   * @param states what is carried from batch to batch, or null
   */
  StepPlans(
      Settings settings, Weights weights, Updates updates, GradientSlots gradients, States states) {
    this.settings = settings;
    this.weights = weights;
    this.updates = updates;
    this.gradients = gradients;
    this.states = states;
    this.parameters = settings.trained().stream().map(Trained::parameter).toList();
    this.training = new StepArrays(settings.budget(), weights.precision());
    this.evaluation = new StepArrays(settings.budget(), weights.precision());
    this.common = settings.budget().charge(this);
    gradients.charge(common);
    if (states != null) {
      states.charge(common);
    }
    this.running = new PlanCache<>(this::run, settings.budget());
    this.computing = new PlanCache<>(this::compute, settings.budget());
    this.evaluating = new PlanCache<>(this::evaluate, settings.budget());
  }

  /** Returns the plan that computes and updates. */
  BatchPlan running(BatchSignature form) {
    return running.get(form);
  }

  /** Returns the plan that leaves gradients in their places. */
  BatchPlan computing(BatchSignature form) {
    return computing.get(form);
  }

  /** Returns the plan that computes losses and outputs only. */
  BatchPlan evaluating(BatchSignature form) {
    return evaluating.get(form);
  }

  /** Returns the plan that updates from the gradients in their places, at the moment's rates. */
  Session updating() {
    if (updating == null) {
      Plan.Builder plan = Plan.of().weights(weights).threads(settings.threads());
      scalars = updates.addTo(plan, gradients.places());
      updating = plan.compile(weights.precision()).session();
      common.add(updating.plan().bytes() + updating.bytes());
    }
    scalars.set(updating);
    return updating;
  }

  private BatchPlan run(BatchSignature form) {
    Training graph = new Training(form);
    List<Node> outputs = graph.outputs();
    outputs.addAll(graph.gradients);
    Plan.Builder plan = plan(outputs);
    graph.addStatesTo(plan);
    Updates.ScalarSet set = updates.addTo(plan, graph.gradients);
    return batchPlan(graph, plan, set);
  }

  private BatchPlan compute(BatchSignature form) {
    Training graph = new Training(form);
    Plan.Builder plan = plan(graph.outputs());
    graph.addStatesTo(plan);
    for (int i = 0; i < parameters.size(); i++) {
      plan.update(gradients.places().get(i), graph.gradients.get(i));
    }
    return batchPlan(graph, plan, null);
  }

  private BatchPlan evaluate(BatchSignature form) {
    Graph graph = new Graph(form, null, null);
    Plan plan = plan(graph.outputs()).compile(weights.precision());
    return new BatchPlan(graph, List.of(), plan, evaluation, null, List.of());
  }

  private Plan.Builder plan(List<Node> outputs) {
    return Plan.of(outputs).weights(weights).threads(settings.threads());
  }

  private BatchPlan batchPlan(Training graph, Plan.Builder plan, Updates.ScalarSet set) {
    Plan compiled = plan.compile(weights.precision());
    return new BatchPlan(graph, graph.seeds, compiled, training, set, graph.gradients);
  }

  /** The graph of the objective for one form of batch. */
  class Graph {
    /** What random numbers follow from, or null where there are none. */
    final Input key;

    /** Where states come from, or null where sequences begin anew. */
    final States.Source source;

    final Feed feed;
    final Outcome outcome;
    final Terms terms;

    /**
     * Builds the graph.
     *
     * @param key null for evaluation
     * @param source null where sequences begin anew
     */
    Graph(BatchSignature form, Input key, States.Source source) {
      this.key = key;
      this.source = source;
      ForwardPass pass = key == null ? ForwardPass.inference() : ForwardPass.training(key);
      this.feed = new Feed(form, source == null ? pass : pass.carrying(source));
      try (Scope scope = Scope.enter(settings.model())) {
        outcome = checkNotNull(settings.objective().of(feed), "the objective returned null");
      }
      terms = new Terms(outcome, feed);
      Ownership.check(
          terms.sums(),
          parameter ->
              settings.known().contains(parameter) || (states != null && states.holds(parameter)),
          List.copyOf(settings.parameters().keySet()));
    }

    /** Returns what is read after a run. */
    final List<Node> outputs() {
      List<Node> outputs = new ArrayList<>(terms.sums());
      outputs.addAll(outcome.outputs().values());
      return outputs;
    }
  }

  /** The graph with its gradients. */
  private final class Training extends Graph {
    final List<Input> seeds;
    final List<Node> gradients;

    Training(BatchSignature form) {
      super(form, RandomKey.input(), states == null ? null : states.source());
      List<Node> sums = terms.sums();
      Order order = new Order(sums);
      checkArgument(
          parameters.stream().anyMatch(parameter -> order.of(parameter) >= 0),
          "the loss depends on no parameter that is trained: %s",
          settings.trained().stream().map(Trained::path).toList());
      seeds =
          terms.form().names().stream()
              .map(name -> Input.of("1 / weight of " + name))
              .collect(ImmutableList.toImmutableList());
      List<Node> adjoints = new ArrayList<>();
      for (int i = 0; i < sums.size(); i++) {
        adjoints.add(seeds.get(i).broadcastTo(sums.get(i).shape()));
      }
      gradients = Gradients.of(sums, adjoints, parameters);
    }

    void addStatesTo(Plan.Builder plan) {
      if (source != null) {
        source.addTo(plan, feed.pass().finalStates());
      }
    }
  }
}
