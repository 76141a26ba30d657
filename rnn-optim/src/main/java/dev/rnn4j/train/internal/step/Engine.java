package dev.rnn4j.train.internal.step;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.graph.States;
import dev.rnn4j.train.internal.plan.BatchPlan;
import dev.rnn4j.train.internal.plan.Clock;
import dev.rnn4j.train.internal.plan.GradientSlots;
import dev.rnn4j.train.internal.plan.StepPlan;
import dev.rnn4j.train.internal.plan.Updates;
import java.util.Map;

/**
 * What a {@code TrainingStep} does, by one thread at a time: which plan runs when, and what it is
 * given. Where something throws, weights, states and counters are as before.
 */
final class Engine {
  private final Settings settings;
  private final Clock clock;
  private final Counters counters = new Counters();
  private final UpdateLosses losses = new UpdateLosses();
  private final GradientSlots gradients;
  private final Updates updates;

  /** What is carried from batch to batch, or null. */
  private final States states;

  /** The same for batches that are evaluated. */
  private final States evaluated;

  private final StepPlans plans;
  private final StepCheckpoint checkpoint;

  /** The number of sequences whose gradients were computed and not applied. */
  private long pending;

  private boolean computed;

  /** What was run last, and where its gradients are: null for their places. */
  private StepPlan last;

  private BatchPlan holder;
  private boolean trained;

  /** The number of the update that the gradients are for. */
  private long gradientsOf;

  /** For a batch that is alone, so that nothing is allocated for it. */
  private final Batch[] alone = new Batch[1];

  Engine(Settings settings) {
    Weights weights = settings.weights().sharing(settings.known());
    this.settings = settings;
    this.clock = new Clock(settings.schedule());
    this.updates = new Updates(settings.trained(), settings.clip(), clock);
    this.gradients =
        new GradientSlots(settings.trained(), settings.parameters(), weights, settings.threads());
    this.states = settings.carries() ? new States(weights) : null;
    this.evaluated = settings.carries() ? new States(weights) : null;
    this.plans = new StepPlans(settings, weights, updates, gradients, states, evaluated);
    this.checkpoint = new StepCheckpoint(settings, weights, updates, counters, states);
  }

  private BatchPlan running(Batch batch) {
    expect(batch);
    return losses.checked(plans.running(batch.signature()));
  }

  private boolean cuts(Batch batch) {
    expect(batch);
    return plans.cuts(batch.signature());
  }

  private StepPlan computing(Batch batch) {
    expect(batch);
    return losses.checked(plans.computing(batch.signature()));
  }

  private void expect(Batch batch) {
    if (states != null) {
      states.expect(batch.sequences());
    }
  }

  void warm(Batch batch) {
    plan(batch);
  }

  StepPlan plan(Batch batch) {
    return cuts(batch) ? computing(batch) : running(batch);
  }

  Needs memory(Batch batch) {
    expect(batch);
    return plans.memory(batch.signature());
  }

  double run(Batch batch) {
    if (cuts(batch)) {
      alone[0] = batch;
      try {
        double loss = compute(alone);
        update();
        return loss;
      } finally {
        alone[0] = null;
      }
    }
    BatchPlan plan = running(batch);
    begin();
    losses.begin();
    losses.weigh(plan, batch);
    losses.endWeights();
    set(plan, batch, 0);
    plan.setScalars();
    plan.compute();
    losses.begin();
    losses.add(plan);
    losses.endSums();
    plan.leave();
    move(batch);
    counters.update(batch.sequences());
    last = plan;
    holder = plan;
    trained = true;
    return losses.total();
  }

  /** Asks the schedule, which may refuse, and forgets what was computed before. */
  private void begin() {
    clock.at(counters.updates);
    gradientsOf = counters.updates;
    computed = false;
    trained = false;
  }

  /** Gives a plan a batch, and what it is to know of its sequences and of the update. */
  private void set(StepPlan plan, Batch batch, int firstSequence) {
    plan.set(batch);
    plan.setSeeds(losses.weights());
    if (states != null) {
      states.begin(batch.sequences());
      plan.setBegins(batch, states.isNew());
    }
    plan.setKey(
        settings.seed(),
        counters.updates,
        states == null ? 0 : states.steps(),
        states == null ? firstSequence : 0);
  }

  private void move(Batch batch) {
    if (states != null) {
      states.move(batch.sequences(), batch.steps());
    }
  }

  /** Returns the weights that the losses have on some batches together. */
  Map<String, Double> weigh(Batch... batches) {
    UpdateLosses own = new UpdateLosses();
    weighAll(own, batches);
    return own.namedWeights();
  }

  /** Adds up the weights of some batches, all of which fit if this returns. */
  private void weighAll(UpdateLosses into, Batch... batches) {
    checkArgument(batches.length > 0, "there is no batch to compute the gradients of");
    into.begin();
    for (Batch batch : batches) {
      into.weigh(into.checked(computing(batch)), batch);
    }
    into.endWeights();
  }

  double compute(Batch... batches) {
    begin();
    weighAll(losses, batches);
    return computeAll(batches);
  }

  double compute(Map<String, Double> weights, Batch... batches) {
    begin();
    weighAll(losses, batches);
    losses.replaceWeights(weights);
    return computeAll(batches);
  }

  /** Computes all batches: where one fails, states are where they were before the first one. */
  private double computeAll(Batch... batches) {
    if (states == null || batches.length == 1) {
      return computeEach(batches);
    }
    states.keep();
    boolean done = false;
    try {
      double loss = computeEach(batches);
      done = true;
      return loss;
    } finally {
      if (!done) {
        states.goBack();
      }
    }
  }

  private double computeEach(Batch... batches) {
    int count = 0;
    losses.begin();
    for (int i = 0; i < batches.length; i++) {
      StepPlan plan = computing(batches[i]);
      set(plan, batches[i], count);
      plan.compute();
      losses.add(plan);
      plan.leave();
      move(batches[i]);
      gradients.add(i, i == batches.length - 1);
      count += batches[i].sequences();
      last = plan;
    }
    losses.endSums();
    pending = count;
    holder = null;
    computed = true;
    trained = true;
    return losses.total();
  }

  void update() {
    checkState(computed, "compute() or setGradients() comes before update()");
    clock.at(counters.updates);
    plans.updating().run();
    computed = false;
    counters.update(pending);
    pending = 0;
  }

  /**
   * Evaluates a batch, and adds its losses to those of others. Where states are carried and the
   * batch says so, its sequences go on from the one that was added before.
   */
  void evaluate(Batch batch, LossMeans means) {
    expect(batch);
    boolean carries = evaluated != null;
    if (carries && (means.isEmpty() || !States.goOn(batch))) {
      evaluated.reset();
    }
    if (carries) {
      evaluated.expect(batch.sequences());
    }
    StepPlan plan = losses.checked(plans.evaluating(batch.signature()));
    plan.set(batch);
    if (carries) {
      evaluated.begin(batch.sequences());
      plan.setBegins(batch, evaluated.isNew());
    }
    plan.compute();
    losses.evaluated(plan, batch, means);
    last = plan;
    if (carries) {
      plan.leave();
      evaluated.move(batch.sequences(), batch.steps());
    }
  }

  /** Adds the losses of the last run or computation to those of others. */
  void addTo(LossMeans means) {
    losses.addTo(means);
  }

  /** Returns whether anything counted in the last run or computation. */
  boolean counts() {
    return losses.counts();
  }

  /** Returns the losses of the last run or computation, by name. */
  Map<String, Double> losses() {
    checkState(trained, "run or compute a batch first");
    return losses.means();
  }

  Tensor output(String name) {
    checkState(last != null, "run, compute or evaluate a batch first");
    return last.output(name);
  }

  /** Returns the gradients where they can be read and changed. */
  GradientSlots gradients() {
    checkState(trained, "run or compute a batch first");
    if (holder != null) {
      gradients.take(holder.session(), holder.gradients());
      holder = null;
    }
    return gradients;
  }

  double gradientNorm() {
    GradientSlots all = gradients();
    clock.at(gradientsOf);
    return all.norm(updates);
  }

  void setGradient(String path, Tensor gradient) {
    checkState(computed, "compute() comes before setGradient(): it sets one of all gradients");
    gradients.set(path, gradient);
  }

  void setGradients(Map<String, Tensor> all) {
    gradients.setAll(all);
    gradientsOf = counters.updates;
    holder = null;
    computed = true;
    trained = true;
  }

  /** Returns what is carried from batch to batch. */
  States states() {
    checkState(states != null, "states are carried where the builder says so: carryStates()");
    return states;
  }

  long updates() {
    return counters.updates;
  }

  long sequences() {
    return counters.sequences;
  }

  double rate() {
    clock.at(counters.updates);
    return clock.rate(settings.rate());
  }

  /** Holds the rate, whatever the schedule says; NaN lets the schedule say again. */
  void holdRate(double rate) {
    clock.hold(rate / settings.rate());
  }

  /** Returns all that the next updates depend on. */
  Map<String, Tensor> read() {
    return checkpoint.read();
  }

  void restore(Map<String, Tensor> tensors) {
    checkpoint.write(tensors);
    computed = false;
    pending = 0;
    trained = false;
    holder = null;
    last = null;
  }
}
