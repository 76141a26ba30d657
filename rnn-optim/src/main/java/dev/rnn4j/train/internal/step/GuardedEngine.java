package dev.rnn4j.train.internal.step;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.io.Batch;
import dev.rnn4j.plan.Plan;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Settings;
import java.util.Map;

/**
 * An engine that one thread at a time uses: what is inside of a {@code TrainingStep}, which says
 * more of each function.
 */
public final class GuardedEngine {
  private final Settings settings;
  private final Engine engine;
  private final Guard guard =
      new Guard("a training step is used by two calls at once: it belongs to one thread at a time");

  /** Creates what does what a step is told to do. */
  public GuardedEngine(Settings settings) {
    this.settings = settings;
    this.engine = new Engine(settings);
  }

  private static void checkGiven(Batch... batches) {
    checkNotNull(batches, "a training step was given null as its batches");
    for (Batch batch : batches) {
      checkNotNull(batch, "a training step was given null as a batch");
    }
  }

  private static void checkGiven(Batch batch) {
    checkNotNull(batch, "a training step was given null as a batch");
  }

  /** Trains on one batch. */
  public double run(Batch batch) {
    checkGiven(batch);
    try (Guard alone = guard.enter()) {
      return engine.run(batch);
    }
  }

  /** Computes the gradients of the next update. */
  public double compute(Batch... batches) {
    checkGiven(batches);
    try (Guard alone = guard.enter()) {
      return engine.compute(batches);
    }
  }

  /** Computes what some of its batches add to them, with the weights of all its batches. */
  public double compute(Map<String, Double> weights, Batch... batches) {
    checkGiven(batches);
    checkNotNull(weights, "a training step was given null as the weights of its losses");
    try (Guard alone = guard.enter()) {
      return engine.compute(weights, batches);
    }
  }

  /** Returns how much counts in batches. */
  public Map<String, Double> weigh(Batch... batches) {
    checkGiven(batches);
    try (Guard alone = guard.enter()) {
      return engine.weigh(batches);
    }
  }

  /** Updates the parameters. */
  public void update() {
    try (Guard alone = guard.enter()) {
      engine.update();
    }
  }

  /** Evaluates a batch, and adds its losses to those of others. */
  public void evaluate(Batch batch, LossMeans means) {
    checkGiven(batch);
    try (Guard alone = guard.enter()) {
      engine.evaluate(batch, means);
    }
  }

  /** Adds the losses of the last run or computation to those of others. */
  public void addTo(LossMeans means) {
    try (Guard alone = guard.enter()) {
      engine.addTo(means);
    }
  }

  /** Returns whether anything counted in the last run or computation, or all weighed nothing. */
  public boolean counts() {
    try (Guard alone = guard.enter()) {
      return engine.counts();
    }
  }

  /** Returns the mean of each loss. */
  public Map<String, Double> losses() {
    try (Guard alone = guard.enter()) {
      return engine.losses();
    }
  }

  /** Returns an output of the objective. */
  public Tensor output(String name) {
    try (Guard alone = guard.enter()) {
      return engine.output(name);
    }
  }

  /** Returns the gradient with respect to the parameter at a path. */
  public Tensor gradient(String path) {
    try (Guard alone = guard.enter()) {
      return engine.gradients().get(path);
    }
  }

  /** Returns all gradients by path. */
  public Map<String, Tensor> gradients() {
    try (Guard alone = guard.enter()) {
      return engine.gradients().all();
    }
  }

  /** Changes one of the gradients. */
  public void setGradient(String path, Tensor gradient) {
    try (Guard alone = guard.enter()) {
      engine.setGradient(path, gradient);
    }
  }

  /** Sets all gradients. */
  public void setGradients(Map<String, Tensor> gradients) {
    checkNotNull(gradients, "a training step was given null as its gradients");
    try (Guard alone = guard.enter()) {
      engine.setGradients(gradients);
    }
  }

  /** Returns the norm over all gradients. */
  public double gradientNorm() {
    try (Guard alone = guard.enter()) {
      return engine.gradientNorm();
    }
  }

  /** Returns the states that the next batch goes on from. */
  public Map<String, Tensor> states() {
    try (Guard alone = guard.enter()) {
      return engine.states().read();
    }
  }

  /** Returns the time step that they have come to. */
  public int statesStep() {
    try (Guard alone = guard.enter()) {
      return engine.states().steps();
    }
  }

  /** Lets the next batch go on from states. */
  public void setStates(Map<String, Tensor> states) {
    checkNotNull(states, "a training step was given null as its states");
    try (Guard alone = guard.enter()) {
      engine.states().set(states, engine.states().steps());
    }
  }

  /** Lets the next batch go on from states that had come to a time step. */
  public void setStates(Map<String, Tensor> states, int steps) {
    try (Guard alone = guard.enter()) {
      engine.states().set(states, steps);
    }
  }

  /** Lets all sequences of the next batch begin anew. */
  public void resetStates() {
    try (Guard alone = guard.enter()) {
      engine.states().reset();
    }
  }

  /** Compiles the plans for batches of such a form. */
  public void warm(Batch batch) {
    checkGiven(batch);
    try (Guard alone = guard.enter()) {
      engine.warm(batch);
    }
  }

  /** Returns how much memory a run with batches of such a form takes. */
  public Needs memory(Batch batch) {
    checkGiven(batch);
    try (Guard alone = guard.enter()) {
      return engine.memory(batch);
    }
  }

  /** Returns the plan that runs batches of such a form. */
  public Plan plan(Batch batch) {
    checkGiven(batch);
    try (Guard alone = guard.enter()) {
      return engine.plan(batch).session().plan();
    }
  }

  /** Returns all that the next updates depend on, besides data. */
  public Map<String, Tensor> checkpoint() {
    try (Guard alone = guard.enter()) {
      return engine.read();
    }
  }

  /** Goes back to a checkpoint. */
  public void restore(Map<String, Tensor> checkpoint) {
    checkNotNull(checkpoint, "a training step was given null as its checkpoint");
    try (Guard alone = guard.enter()) {
      engine.restore(checkpoint);
    }
  }

  /** Returns the number of updates so far. */
  public long updates() {
    return engine.updates();
  }

  /** Returns the number of sequences in them. */
  public long sequences() {
    return engine.sequences();
  }

  /** Returns the learning rate of the next update. */
  public double rate() {
    return engine.rate();
  }

  /** Holds the rate, whatever the schedule says; NaN lets the schedule say again. */
  public void holdRate(double rate) {
    engine.holdRate(rate);
  }

  /** Returns the values of the parameters. */
  public Weights weights() {
    return settings.weights();
  }

  /** Returns the model. */
  public Object model() {
    return settings.model();
  }

  /** Returns what the step was told to do. */
  public Settings settings() {
    return settings;
  }
}
