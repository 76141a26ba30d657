package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Session;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a {@link TrainingStep} does, by one thread at a time: which plan runs when, what it is
 * given, and what is counted. Where something throws, weights, states and counters are as before.
 */
final class Engine {
  private static final boolean FINDS_NAN = "nan".equals(System.getProperty("rnn.checks"));

  private static final String PRECISION = "training/precision";
  private static final String STEPS = "training/steps";
  private static final String STATE = "state/";

  private final Settings settings;
  private final Clock clock;
  private final Weights weights;
  private final Updates updates;
  private final GradientSlots gradients;

  /** What is carried from batch to batch, or null. */
  private final States states;

  private final StepPlans plans;

  private LossForm form;
  private double[] sums;
  private double[] totals;
  private Tree tree;

  private long made;
  private long sequences;
  private long pending;
  private boolean computed;

  /** What was run last, and where its gradients are: null for their places. */
  private BatchPlan last;

  private BatchPlan holder;
  private boolean trained;

  Engine(Settings settings) {
    this.settings = settings;
    this.clock = new Clock(settings.schedule());
    this.weights = settings.weights().sharing(settings.known());
    this.updates = new Updates(settings.trained(), settings.clip(), clock);
    this.gradients =
        new GradientSlots(settings.trained(), settings.parameters(), weights, settings.threads());
    this.states = settings.carries() ? new States(weights) : null;
    this.plans = new StepPlans(settings, weights, updates, gradients, states);
  }

  /** Makes sure that what is known of the losses fits a plan. */
  private BatchPlan known(BatchPlan plan) {
    if (form == null) {
      form = plan.form();
      sums = new double[form.size()];
      totals = new double[form.size()];
      tree = new Tree(form.size());
    }
    if (form != plan.form() && !form.equals(plan.form())) {
      throw new IllegalArgumentException(
          "an objective has the same losses for all batches, and this one has "
              + form.names()
              + " times "
              + form.factors()
              + " and then "
              + plan.form().names()
              + " times "
              + plan.form().factors());
    }
    return plan;
  }

  private BatchPlan running(Batch batch) {
    expect(batch);
    return plans.running(batch.signature());
  }

  private BatchPlan computing(Batch batch) {
    expect(batch);
    return plans.computing(batch.signature());
  }

  private void expect(Batch batch) {
    if (states != null) {
      states.expect(batch.sequences());
    }
  }

  void warm(Batch batch) {
    known(running(batch));
  }

  BatchPlan plan(Batch batch) {
    return known(running(batch));
  }

  double run(Batch batch) {
    BatchPlan plan = known(running(batch));
    int count = batch.sequences();
    begin();
    plan.terms().weigh(batch, totals);
    plan.set(batch);
    plan.setSeeds(totals);
    set(plan, batch, 0);
    plan.setScalars();
    plan.session().compute();
    plan.sums(sums);
    change(plan.session());
    move(batch);
    made++;
    sequences += count;
    last = plan;
    holder = plan;
    trained = true;
    return form.total(sums, totals);
  }

  /** Asks the schedule, which may refuse, and forgets what was computed before. */
  private void begin() {
    clock.at(made);
    computed = false;
    trained = false;
  }

  /** Gives a plan what it is to know of the sequences of a batch. */
  private void set(BatchPlan plan, Batch batch, int firstSequence) {
    if (states != null) {
      states.begin(batch.sequences());
      plan.setBegins(batch, states.isNew());
    }
    plan.setKey(
        settings.seed(),
        made,
        states == null ? 0 : states.steps(),
        states == null ? firstSequence : 0);
  }

  private void move(Batch batch) {
    if (states != null) {
      states.move(batch.sequences(), batch.steps());
    }
  }

  /** Makes the changes that a session has computed: all of them, or none. */
  private void change(Session session) {
    Map<String, Tensor> before = FINDS_NAN ? checkpoint().read() : null;
    try {
      session.update();
    } catch (RuntimeException e) {
      if (before != null) {
        checkpoint().write(before);
      }
      throw e;
    }
  }

  /** Returns the weights that the losses have on some batches together. */
  Map<String, Double> weigh(Batch... batches) {
    weighAll(batches);
    return form.named(totals);
  }

  /** Writes the weights of some batches, all of which fit if this returns. */
  private void weighAll(Batch... batches) {
    checkArgument(batches.length > 0, "there is no batch to compute the gradients of");
    for (int i = 0; i < batches.length; i++) {
      BatchPlan plan = known(computing(batches[i]));
      if (i == 0) {
        tree.clear();
      }
      plan.terms().weigh(batches[i], totals);
      tree.add(totals);
    }
    tree.sums(totals);
    for (int i = 0; i < totals.length; i++) {
      totals[i] = form.totals().get(i) ? 1 : totals[i];
    }
  }

  double compute(Batch... batches) {
    begin();
    weighAll(batches);
    return computeAll(batches);
  }

  double compute(Map<String, Double> all, Batch... batches) {
    begin();
    weighAll(batches);
    for (int i = 0; i < totals.length; i++) {
      String name = form.names().get(i);
      Double weight = all.get(name);
      checkArgument(weight != null, "there is no weight for the loss %s, only %s", name, all);
      checkArgument(
          weight >= 0 && weight < Double.POSITIVE_INFINITY,
          "the weight %s of the loss %s is not a finite number from 0 up",
          weight,
          name);
      totals[i] = form.totals().get(i) ? 1 : weight;
    }
    return computeAll(batches);
  }

  private double computeAll(Batch... batches) {
    boolean moves = states != null && batches.length > 1;
    Map<String, Tensor> before = moves ? states.read() : null;
    int steps = moves ? states.steps() : 0;
    try {
      return computeEach(batches);
    } catch (RuntimeException e) {
      if (moves) {
        states.set(before, steps);
      }
      throw e;
    }
  }

  private double computeEach(Batch... batches) {
    int count = 0;
    tree.clear();
    for (int i = 0; i < batches.length; i++) {
      BatchPlan plan = computing(batches[i]);
      plan.set(batches[i]);
      plan.setSeeds(totals);
      set(plan, batches[i], count);
      plan.session().compute();
      plan.sums(sums);
      tree.add(sums);
      plan.session().update();
      move(batches[i]);
      gradients.add(i, i == batches.length - 1);
      count += batches[i].sequences();
      last = plan;
    }
    tree.sums(sums);
    pending = count;
    holder = null;
    computed = true;
    trained = true;
    return form.total(sums, totals);
  }

  void update() {
    checkState(computed, "compute() or setGradients() comes before update()");
    clock.at(made);
    change(plans.updating());
    computed = false;
    made++;
    sequences += pending;
    pending = 0;
  }

  /** Evaluates a batch, and adds its losses to those of others. */
  void evaluate(Batch batch, LossMeans means) {
    BatchPlan plan = known(plans.evaluating(batch.signature()));
    double[] own = new double[form.size()];
    double[] ownWeights = new double[form.size()];
    plan.terms().weigh(batch, ownWeights);
    plan.set(batch);
    plan.session().compute();
    plan.sums(own);
    last = plan;
    means.add(form, own, ownWeights);
  }

  /** Adds the losses of the last run or computation to those of others. */
  void addTo(LossMeans means) {
    means.add(form, sums, totals);
  }

  /** Returns the losses of the last run or computation, by name. */
  Map<String, Double> losses() {
    checkState(trained && form != null, "run or compute a batch first");
    return form.means(sums, totals);
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

  void setGradient(String path, Tensor gradient) {
    checkState(computed, "compute() comes before setGradient(): it sets one of all gradients");
    gradients.set(path, gradient);
  }

  void setGradients(Map<String, Tensor> all) {
    gradients.setAll(all);
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
    return made;
  }

  long sequences() {
    return sequences;
  }

  double rate() {
    clock.at(made);
    return clock.rate(settings.rate());
  }

  /** Returns what the next updates depend on: paths for parameters, a slash in all other names. */
  Checkpoint checkpoint() {
    Checkpoint checkpoint = new Checkpoint();
    settings
        .parameters()
        .forEach(
            (path, parameter) ->
                checkpoint.add(
                    path,
                    parameter.shape(),
                    () -> weights.get(parameter),
                    value -> weights.set(parameter, value)));
    updates
        .slots()
        .forEach(
            slot ->
                checkpoint.add(
                    slot.name(),
                    slot.shape(),
                    () -> weights.get(slot),
                    value -> weights.set(slot, value)));
    checkpoint.add(
        "training/updates",
        Shape.scalar(),
        () -> Tensor.scalar(made),
        count -> made = (long) count.item());
    checkpoint.add(
        "training/sequences",
        Shape.scalar(),
        () -> Tensor.scalar(sequences),
        count -> sequences = (long) count.item());
    settings.schedule().state().keySet().forEach(name -> addSchedule(checkpoint, name));
    return checkpoint;
  }

  /** Adds a number that the schedule remembers. */
  private void addSchedule(Checkpoint checkpoint, String name) {
    Schedule schedule = settings.schedule();
    checkpoint.add(
        "schedule/" + name,
        Shape.scalar(),
        () -> Tensor.scalar(schedule.state().get(name)),
        value -> {
          Map<String, Double> state = new LinkedHashMap<>(schedule.state());
          state.put(name, value.item());
          schedule.restore(state);
        });
  }

  /** Returns the whole state: that of {@link #checkpoint()}, and what is carried. */
  Map<String, Tensor> read() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(checkpoint().read());
    tensors.put(PRECISION, Tensor.scalar(bits()));
    if (states != null) {
      states.read().forEach((name, state) -> tensors.put(STATE + name, state));
      tensors.put(STEPS, Tensor.scalar(states.steps()));
    }
    return tensors;
  }

  private int bits() {
    return 8 * weights.precision().bytes();
  }

  void restore(Map<String, Tensor> tensors) {
    Map<String, Tensor> rest = new LinkedHashMap<>(tensors);
    Tensor bits = rest.remove(PRECISION);
    checkArgument(
        bits != null && bits.item() == bits(),
        "the checkpoint is of a training in %s bits, and this one is in %s",
        bits == null ? "unknown" : String.valueOf((int) bits.item()),
        String.valueOf(bits()));
    Map<String, Tensor> carried = new LinkedHashMap<>();
    Tensor steps = states == null ? null : rest.remove(STEPS);
    if (states != null) {
      checkArgument(steps != null, "the checkpoint has no %s: it carries no states", STEPS);
      rest.forEach(
          (name, tensor) -> {
            if (name.startsWith(STATE)) {
              carried.put(name.substring(STATE.length()), tensor);
            }
          });
      carried.keySet().forEach(name -> rest.remove(STATE + name));
    }
    checkpoint().check(rest);
    if (states != null) {
      states.set(carried, (int) steps.item());
    }
    checkpoint().write(rest);
    computed = false;
    pending = 0;
    trained = false;
    holder = null;
    last = null;
  }
}
