package dev.rnn4j.train.internal.step;

import dev.rnn4j.graph.Node;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.train.internal.graph.BatchGraph;
import dev.rnn4j.train.internal.graph.Gradient;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.graph.States;
import dev.rnn4j.train.internal.memory.Budget;
import dev.rnn4j.train.internal.memory.Heap;
import dev.rnn4j.train.internal.memory.PlanCache;
import dev.rnn4j.train.internal.memory.StepArrays;
import dev.rnn4j.train.internal.plan.BatchPlan;
import dev.rnn4j.train.internal.plan.GradientSlots;
import dev.rnn4j.train.internal.plan.StepPlan;
import dev.rnn4j.train.internal.plan.Updates;
import dev.rnn4j.train.internal.segment.SegmentPlans;
import java.util.List;

/**
 * The plans of a training step: for each form of batch one that runs forward, backward and update,
 * one that leaves gradients in their places, and one that evaluates; and for all of them one that
 * updates from the gradients in their places. Those that train compute with the same arrays, and
 * those that evaluate with others, so that what was computed last can be read after evaluating.
 */
final class StepPlans {
  /** Steps from which on it is worth while to ask two short plans first whether a long one fits. */
  private static final int LONG = 1000;

  private final Settings settings;
  private final Weights weights;
  private final Updates updates;
  private final GradientSlots gradients;
  private final States states;
  private final States evaluated;
  private final PlanCache<BatchSignature, BatchPlan> running;
  private final PlanCache<BatchSignature, StepPlan> computing;
  private final PlanCache<BatchSignature, StepPlan> evaluating;
  private final MemoryPlanner planner;
  private final StepArrays training;
  private final StepArrays evaluation;

  /** What is there once, for all forms of batch. */
  private final Budget.Charge common;

  private Session updating;
  private Updates.ScalarSet scalars;

  /**
   * Creates the plans' makers.
   *
   * @param weights those of the training
   * @param states what is carried from batch to batch, or null
   * @param evaluated the same for batches that are evaluated
   */
  StepPlans(
      Settings settings,
      Weights weights,
      Updates updates,
      GradientSlots gradients,
      States states,
      States evaluated) {
    this.settings = settings;
    this.weights = weights;
    this.updates = updates;
    this.gradients = gradients;
    this.states = states;
    this.evaluated = evaluated;
    this.training = new StepArrays(settings.budget(), weights.precision());
    this.evaluation = new StepArrays(settings.budget(), weights.precision());
    this.common = settings.budget().charge(this);
    gradients.charge(common);
    if (states != null) {
      states.charge(common);
      evaluated.charge(common);
    }
    this.running = new PlanCache<>(this::run, settings.budget());
    this.computing = new PlanCache<>(this::compute, settings.budget());
    this.evaluating = new PlanCache<>(this::evaluate, settings.budget());
    StepArrays none = StepArrays.unlimited(weights.precision());
    this.planner =
        new MemoryPlanner(
            settings,
            form -> whole(form, none, 1).session().neededBytes(),
            form -> segments(form, true, 1));
  }

  /** Returns the plan that computes and updates; there is none for what runs in segments. */
  BatchPlan running(BatchSignature form) {
    return running.get(form);
  }

  /** Returns the plan that leaves gradients in their places. */
  StepPlan computing(BatchSignature form) {
    return computing.get(form);
  }

  /** Returns the plan that computes losses and outputs only. */
  StepPlan evaluating(BatchSignature form) {
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

  /** Returns how much memory batches of a form take. */
  Needs memory(BatchSignature form) {
    return planner.memory(form);
  }

  /** Returns whether batches of a form run in segments. */
  boolean cuts(BatchSignature form) {
    return planner.cuts(form);
  }

  private BatchPlan run(BatchSignature form) {
    checkFits(form);
    BatchGraph graph = BatchGraph.training(settings, states, form);
    Gradient gradient = Gradient.of(graph);
    List<Node> outputs = graph.outputs();
    outputs.addAll(gradient.ofParameters());
    Plan.Builder plan = plan(outputs);
    addStates(graph, plan);
    Updates.ScalarSet set = updates.addTo(plan, gradient.ofParameters());
    return checked(form, batchPlan(graph, gradient, plan, training, set));
  }

  private StepPlan compute(BatchSignature form) {
    if (planner.cuts(form)) {
      int length = planner.segmentSteps(form);
      return segments(form, true, settings.threads()).plan(length, training);
    }
    checkFits(form);
    return checked(form, whole(form, training, settings.threads()));
  }

  private BatchPlan whole(BatchSignature form, StepArrays arrays, int threads) {
    BatchGraph graph = BatchGraph.training(settings, states, form);
    Gradient gradient = Gradient.of(graph);
    Plan.Builder plan = plan(graph.outputs()).threads(threads);
    addStates(graph, plan);
    for (int i = 0; i < gradients.places().size(); i++) {
      plan.update(gradients.places().get(i), gradient.ofParameters().get(i));
    }
    return batchPlan(graph, gradient, plan, arrays, null);
  }

  private StepPlan evaluate(BatchSignature form) {
    if (planner.cuts(form)) {
      int length = planner.segmentSteps(form);
      return segments(form, false, settings.threads()).plan(length, evaluation);
    }
    BatchGraph graph = BatchGraph.evaluating(settings, evaluated, form);
    Plan.Builder plan = plan(graph.outputs());
    addStates(graph, plan);
    return batchPlan(graph, null, plan, evaluation, null);
  }

  private SegmentPlans segments(BatchSignature form, boolean trains, int threads) {
    States carried = trains ? states : evaluated;
    return new SegmentPlans(settings, weights, carried, gradients.places(), form, trains, threads);
  }

  private Plan.Builder plan(List<Node> outputs) {
    return Plan.of(outputs).weights(weights).threads(settings.threads());
  }

  private BatchPlan batchPlan(
      BatchGraph graph,
      Gradient gradient,
      Plan.Builder plan,
      StepArrays arrays,
      Updates.ScalarSet set) {
    return new BatchPlan(graph, gradient, plan.compile(weights.precision()), arrays, set);
  }

  private static void addStates(BatchGraph graph, Plan.Builder plan) {
    if (graph.source != null) {
      graph.source.addTo(plan, graph.inputs.pass().finalStates());
    }
  }

  /** Refuses what is too long for the heap before there is a graph of it. */
  private void checkFits(BatchSignature form) {
    if (form.steps() > LONG) {
      Heap.require(form, planner.memory(form).full(), training.bytes());
    }
  }

  private BatchPlan checked(BatchSignature form, BatchPlan plan) {
    Heap.require(form, plan.session().neededBytes() - training.bytes(), 0);
    return plan;
  }
}
