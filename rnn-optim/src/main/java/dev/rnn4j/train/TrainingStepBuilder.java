package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.clip.Clip;
import dev.rnn4j.io.Batch;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.optimizer.PathPattern;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Threads;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Precision;
import dev.rnn4j.train.internal.graph.Assignment;
import dev.rnn4j.train.internal.graph.BatchInputs;
import dev.rnn4j.train.internal.graph.Losses;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.memory.Bytes;

/**
 * What a {@link TrainingStep} is to do: an optimizer, and whatever else differs from the defaults.
 *
 * @see TrainingStep#of(Object, Objective)
 */
public final class TrainingStepBuilder {
  private final Object model;
  private final Objective objective;
  private final Assignment assignment;
  private Clip clip = Clip.none();
  private Schedule schedule = Schedule.constant();
  private Weights weights;
  private int threads = Threads.byDefault();
  private long seed;
  private boolean carries;
  private PlanBudget budget;
  private long memoryBudget;
  private int segmentSteps;

  TrainingStepBuilder(Object model, Objective objective) {
    this.model = model;
    this.objective = objective;
    this.assignment = new Assignment(model);
  }

  /**
   * Trains all parameters by one rule.
   *
   * @throws IllegalArgumentException where a parameter has a rule already
   */
  public TrainingStepBuilder optimizer(Optimizer optimizer) {
    assignment.assign(checkNotNull(optimizer, "a training step was given null as its optimizer"));
    return this;
  }

  /**
   * Trains the parameters of a part of the model by a rule of their own; parameters that no rule is
   * given for stay as they are. Paths with settings of their own count from the model.
   *
   * @param part a layer or parameter of the model, or a list of them
   * @throws IllegalArgumentException where a parameter has a rule already, or is not in the model
   */
  public TrainingStepBuilder optimizer(Optimizer optimizer, Object part) {
    assignment.assign(
        checkNotNull(optimizer, "a training step was given null as its optimizer"),
        checkNotNull(part, "a training step was given null as the part to train"));
    return this;
  }

  /**
   * Leaves parameters as they are, whatever rule they are under.
   *
   * @param patterns of their paths
   * @throws IllegalArgumentException where a pattern fits none
   * @see PathPattern
   */
  public TrainingStepBuilder freeze(String... patterns) {
    checkNotNull(patterns, "a training step was given null as what is frozen");
    for (String pattern : patterns) {
      assignment.freeze(
          checkNotNull(pattern, "a training step was given null as a pattern of what is frozen"));
    }
    return this;
  }

  /**
   * Allows the objective to use parameters that the model does not list; they stay as they are.
   *
   * @param modules parameters, or modules that hold them
   */
  public TrainingStepBuilder frozen(Object... modules) {
    checkNotNull(modules, "a training step was given null as what is frozen");
    for (Object module : modules) {
      assignment.frozen(
          checkNotNull(module, "a training step was given null as a module that is frozen"));
    }
    return this;
  }

  /** Limits gradients before the update. */
  public TrainingStepBuilder clip(Clip newClip) {
    clip = checkNotNull(newClip, "a training step was given null as its clip");
    return this;
  }

  /** Changes the learning rates from update to update. */
  public TrainingStepBuilder schedule(Schedule newSchedule) {
    schedule = checkNotNull(newSchedule, "a training step was given null as its schedule");
    return this;
  }

  /** Trains the values in these weights, which other plans may share. */
  public TrainingStepBuilder weights(Weights shared) {
    weights = checkNotNull(shared, "a training step was given null as its weights");
    return this;
  }

  /**
   * Lets so many threads take part in a run; all processors unless set.
   *
   * @throws IllegalArgumentException where the number is not from 1 to 256
   * @see Plan.Builder#threads
   */
  public TrainingStepBuilder threads(int count) {
    threads = Threads.checked(count);
    return this;
  }

  /** Draws random numbers, of dropout for example, from another seed than 0. */
  public TrainingStepBuilder seed(long newSeed) {
    seed = newSeed;
    return this;
  }

  /**
   * Lets each batch go on from the states that the one before ended with: consecutive parts of the
   * same sequences, of any length. Gradients end where a batch begins (truncated backpropagation
   * through time). Sequences that the batch marks with {@link Batch#begins} begin anew, at the
   * first step or at any.
   */
  public TrainingStepBuilder carryStates() {
    carries = true;
    return this;
  }

  /** Limits what compiled plans take; a quarter of the heap unless set. */
  public TrainingStepBuilder budget(PlanBudget newBudget) {
    budget = checkNotNull(newBudget, "a training step was given null as its budget");
    return this;
  }

  /**
   * Limits the memory that a run computes with, {@code "64MB"} for example: besides weights,
   * gradients, the batch itself and the outputs of the objective. Where whole sequences need more,
   * they run in segments: forward, keeping the states between segments only, then segment by
   * segment from the last to the first forward once more and backward. Gradients are those of whole
   * sequences, but for rounding; random numbers and masks are the same. The longest segments that
   * fit are taken.
   *
   * <p>A run refuses models that cannot be cut in time: those that read backwards, or all of a
   * sequence at once.
   *
   * @throws IllegalArgumentException for what is no amount of memory
   * @see TrainingStep#memory
   */
  public TrainingStepBuilder memoryBudget(String amount) {
    checkNotNull(amount, "a training step was given null as its memory budget: \"64MB\" is one");
    return memoryBudget(Bytes.parse(amount));
  }

  /**
   * Limits the memory that a run computes with to so many bytes.
   *
   * @see #memoryBudget(String)
   */
  public TrainingStepBuilder memoryBudget(long bytes) {
    checkArgument(bytes > 0, "a run cannot compute with %s bytes", bytes);
    memoryBudget = bytes;
    return this;
  }

  /**
   * Runs sequences that are longer in segments of so many steps, as {@link #memoryBudget(String)}
   * does, whatever memory that takes. The rounding of gradients follows from this number, which a
   * budget chooses.
   */
  public TrainingStepBuilder segmentSteps(int steps) {
    checkArgument(steps > 0, "a segment cannot have %s steps", steps);
    segmentSteps = steps;
    return this;
  }

  /**
   * Returns the step; plans are compiled when batches come.
   *
   * @throws IllegalStateException without an optimizer, or for weights in another precision
   * @throws IllegalArgumentException where a setting is given for paths that do not exist
   */
  public TrainingStep compile(Precision precision) {
    PlanBudget plans = budget == null ? PlanBudget.byDefault() : budget;
    return new TrainingStep(
        new Settings(
            model,
            this::losses,
            assignment.parameters(),
            assignment.known(),
            ImmutableList.copyOf(assignment.trained()),
            assignment.rate(),
            clip,
            schedule,
            weights(precision),
            threads,
            seed,
            carries,
            plans.counted(),
            memoryBudget,
            segmentSteps),
        plans);
  }

  private Losses losses(BatchInputs inputs) {
    return checkNotNull(objective.of(new Feed(inputs)), "the objective returned null").losses();
  }

  private Weights weights(Precision precision) {
    if (weights != null && weights.precision() != precision) {
      throw new IllegalStateException(
          "the weights are in " + weights.precision() + ", and the step is to be in " + precision);
    }
    return weights == null ? Weights.of(precision) : weights;
  }
}
