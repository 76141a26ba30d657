package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.io.TimeFirst;
import dev.rnn4j.loss.Loss;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.step.GuardedEngine;
import dev.rnn4j.train.internal.step.LossMeans;
import dev.rnn4j.train.internal.step.Needs;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Forward, backward and update. For a model with one input and one target:
 *
 * <pre>{@code
 * TrainingStep step = TrainingStep.of(model, Losses.meanSquaredError())
 *     .optimizer(Adam.rate(1e-3))
 *     .clip(Clip.byGlobalNorm(1))
 *     .compile(Precision.FLOAT32);
 * double loss = step.run(x, y);
 * }</pre>
 *
 * <p>For any number of inputs, targets, losses and outputs, an {@link Objective} says what is made
 * small:
 *
 * <pre>{@code
 * TrainingStep step = TrainingStep.of(model, feed -> Outcome
 *         .loss("price", squared.of(model.price(feed.signal("left")), feed.target("price")))
 *         .and("kind", entropy.of(model.kind(feed.signal("right")), feed.target("kind")), 0.5))
 *     .optimizer(Adam.rate(1e-3))
 *     .compile(Precision.FLOAT32);
 * step.run(Batch.empty().input("left", l).input("right", r).target("price", p).target("kind", k));
 * }</pre>
 *
 * <p>A plan is compiled for each form of batch that comes, and all of them train the same weights.
 * {@link #run} does all at once. {@link #compute} and {@link #update} do the same in two parts,
 * with the same bits, and gradients can be read and set in between; {@code compute} takes any
 * number of batches, whose gradients add up to those of one large one.
 *
 * <p>A loss is a mean over what counts: the sum over all batches of an update divided by the weight
 * of all of them, which is known before anything is computed. Sums over batches are those of a
 * fixed binary tree.
 *
 * <p>Once its plan is there, a run of a batch allocates nothing. A step belongs to one thread at a
 * time, and refuses to be used by two at once. Where a call throws, weights and counters are as
 * they were before.
 */
public final class TrainingStep extends StepResults {
  /** The name of the loss of {@link #of(Layer, Loss)}. */
  public static final String LOSS = "loss";

  /** The name of the output of {@link #of(Layer, Loss)}. */
  public static final String PREDICTION = "prediction";

  private final PlanBudget budget;

  TrainingStep(Settings settings, PlanBudget budget) {
    super(new GuardedEngine(settings));
    this.budget = budget;
  }

  /** Begins a step for a model of one input "x" and one target "y". */
  public static TrainingStepBuilder of(Layer model, Loss loss) {
    checkNotNull(loss, "a training step was given null as its loss");
    return of(
        model,
        feed -> {
          Signal x = feed.signal(Batch.X);
          Target y = feed.target(Batch.Y);
          Signal prediction = model.apply(x);
          try {
            return Outcome.loss(LOSS, loss.of(prediction, y))
                .output(PREDICTION, prediction.values());
          } catch (ShapeException e) {
            Shape input = x.values().shape();
            throw new ShapeException(e.getMessage() + TimeFirst.hint(input, y.values().shape()));
          }
        });
  }

  /**
   * Begins a step for an objective.
   *
   * @param model the record, or list of records, whose parameters are trained and named
   */
  public static TrainingStepBuilder of(Object model, Objective objective) {
    checkNotNull(model, "a training step was given null as its model");
    checkNotNull(objective, "a training step was given null as its objective");
    return new TrainingStepBuilder(model, objective);
  }

  /** Trains on one batch; returns the loss before the update. */
  public double run(Tensor x, Tensor y) {
    return run(Batch.of(x, y));
  }

  /**
   * Trains on one batch; returns the loss before the update: the sum of the losses' means, each
   * times its factor. The update is made whatever the loss is, NaN too; to look at it first, {@link
   * #compute} and {@link #update}.
   *
   * <p>So it is where nothing counts, as all weights are 0, or all steps padding. The loss is 0
   * then, and so are all gradients, but momentum, as Adam has it, goes on, weight decay acts, and
   * the update counts for the schedule and for {@link #updates}. {@link #weigh} tells such batches,
   * for those who leave them out.
   *
   * @throws dev.rnn4j.tensor.ShapeException where the model does not fit the batch
   * @throws IllegalArgumentException where the graph uses a parameter that is not the model's
   */
  public double run(Batch batch) {
    return engine.run(batch);
  }

  /**
   * Computes the gradients of the next update, and returns the loss. Several batches, of any
   * lengths and numbers of sequences, give the gradients that one padded batch of all of them
   * would. No parameter changes.
   */
  public double compute(Batch... batches) {
    return engine.compute(batches);
  }

  /**
   * Computes the part of some batches in the gradients of an update in which others take part, on
   * other computers for example: gradients and losses of all parts add up.
   *
   * @param weights the weight of each loss in all of the update, as {@link #weigh} returns it for
   *     each part, added up
   */
  public double compute(Map<String, Double> weights, Batch... batches) {
    return engine.compute(weights, batches);
  }

  /** Returns how much counts in batches, by the names of the losses; computes nothing else. */
  public Map<String, Double> weigh(Batch... batches) {
    return engine.weigh(batches);
  }

  /**
   * Updates the parameters by the gradients that were computed or set; {@link #compute} of one
   * batch and this are a {@link #run}.
   *
   * @throws IllegalStateException where nothing was computed since the last update
   */
  public void update() {
    engine.update();
  }

  /** Returns the loss on a batch, in inference; computes neither gradients nor updates. */
  public double evaluate(Tensor x, Tensor y) {
    return evaluate(Batch.of(x, y));
  }

  /**
   * Returns the loss on a batch, in inference; computes neither gradients nor updates. Its
   * sequences begin anew, and those that are trained stay where they are.
   */
  public double evaluate(Batch batch) {
    checkNotNull(batch, "a training step was given null as a batch");
    return evaluate(List.of(batch));
  }

  /**
   * Returns the loss on all batches together, in inference: the mean over what counts in any of
   * them. Where states are carried, sequences that a batch {@linkplain Batch#begins marks} 0 go on
   * from the batch before it, as windows of streams do; those of other batches begin anew.
   *
   * @throws IllegalArgumentException where there are none
   */
  public double evaluate(Iterable<Batch> batches) {
    checkNotNull(batches, "a training step was given null as its batches");
    LossMeans means = new LossMeans();
    for (Batch batch : batches) {
      engine.evaluate(batch, means);
    }
    checkArgument(!means.isEmpty(), "there are no batches to evaluate");
    return means.total();
  }

  /**
   * Returns the states that the next batch goes on from, by name, {@code rnn#0/h} for example; none
   * where its sequences begin anew.
   *
   * @throws IllegalStateException unless states are carried
   */
  public Map<String, Tensor> states() {
    return engine.states();
  }

  /**
   * Lets the next batch go on from states, as {@link #states} returned them.
   *
   * @throws IllegalArgumentException where names or shapes do not fit
   * @throws IllegalStateException unless states are carried
   */
  public void setStates(Map<String, Tensor> states) {
    engine.setStates(states);
  }

  /**
   * Lets all sequences of the next batch begin anew; they may be others, and another number.
   *
   * @throws IllegalStateException unless states are carried
   */
  public void resetStates() {
    engine.resetStates();
  }

  /** Compiles the plans for batches of such a form, so that the first run does not wait for it. */
  public void warm(Batch batch) {
    engine.warm(batch);
  }

  /**
   * Returns how much memory a run with batches of such a form takes, before it runs: all at once,
   * and as it will run under a memory budget.
   *
   * @throws IllegalStateException where no segments fit into the budget, or the model cannot be cut
   */
  public StepMemory memory(Batch batch) {
    Needs needs = engine.memory(batch);
    return new StepMemory(needs.full(), needs.needed(), needs.segments(), needs.steps());
  }

  /**
   * Returns the plan that runs batches of such a form; under a memory budget, most of its segments.
   */
  public Plan plan(Batch batch) {
    return engine.plan(batch);
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return engine.updates();
  }

  /** Returns the number of sequences in all updates so far. */
  public long sequences() {
    return engine.sequences();
  }

  /** Returns the learning rate of the next update, of parameters that have none of their own. */
  public double rate() {
    return engine.rate();
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return engine.weights();
  }

  /** Returns the model. */
  public Object model() {
    return engine.model();
  }

  /** Returns what the plans of this step may take, and take. */
  public PlanBudget budget() {
    return budget;
  }

  /**
   * Returns all that the next updates depend on, besides data: the values of the parameters by
   * path, what optimizers remember of them, and counters. Training that goes on from here, after
   * {@link #restore} in another process too, goes on with the same bits.
   *
   * <pre>{@code
   * Safetensors.save(path, step.checkpoint(), Map.of());
   * step.restore(Safetensors.load(path).tensors());
   * }</pre>
   */
  public Map<String, Tensor> checkpoint() {
    return engine.checkpoint();
  }

  /**
   * Goes back to a checkpoint; gradients that were computed are forgotten. Nothing is changed where
   * it does not fit.
   *
   * @throws IllegalArgumentException where a name is missing or unknown, or a shape or the
   *     precision differs
   */
  public void restore(Map<String, Tensor> checkpoint) {
    engine.restore(checkpoint);
  }

  /**
   * Returns the precision, the model's class, how many parameters are trained by which rules, and
   * the number of updates.
   */
  @Override
  public String toString() {
    Settings settings = engine.settings();
    return "training step in "
        + weights().precision()
        + " of "
        + model().getClass().getSimpleName()
        + ": "
        + settings.trained().size()
        + " of "
        + Set.copyOf(settings.parameters().values()).size()
        + " parameters by "
        + settings.trained().stream()
            .map(trained -> trained.rule().toString())
            .distinct()
            .collect(Collectors.joining(", "))
        + "; updates so far: "
        + updates();
  }
}
