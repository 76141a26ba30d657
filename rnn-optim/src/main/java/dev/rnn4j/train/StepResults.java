package dev.rnn4j.train;

import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Map;

/** What a training step has computed: losses, outputs, and gradients, which can be changed. */
abstract class StepResults {
  final GuardedEngine engine;

  StepResults(GuardedEngine engine) {
    this.engine = engine;
  }

  /**
   * Returns the mean of each loss in the last run or computation, by name, without its factor.
   *
   * @throws IllegalStateException before the first one
   */
  public Map<String, Double> losses() {
    return engine.losses();
  }

  /**
   * Returns an output of the objective for the last batch that was run, computed or evaluated.
   *
   * @throws IllegalArgumentException where the objective has no output of that name
   * @throws IllegalStateException before the first batch
   */
  public Tensor output(String name) {
    return engine.output(name);
  }

  /**
   * Returns the output of a model of one input for the last batch: {@code output("prediction")}.
   */
  public Tensor prediction() {
    return output(TrainingStep.PREDICTION);
  }

  /**
   * Returns the gradient of the last run or computation with respect to the parameter at a path,
   * before clipping.
   *
   * @throws IllegalArgumentException where no parameter at that path is trained
   * @throws IllegalStateException before the first run or computation
   */
  public Tensor gradient(String path) {
    return engine.gradient(path);
  }

  /** Returns all gradients of the last run or computation by path, before clipping. */
  public Map<String, Tensor> gradients() {
    return engine.gradients();
  }

  /**
   * Changes one of the gradients that were computed.
   *
   * @throws IllegalStateException where nothing was computed since the last update
   */
  public void setGradient(String path, Tensor gradient) {
    engine.setGradient(path, gradient);
  }

  /**
   * Sets all gradients of the next update: sums over several computers, for example.
   *
   * @throws IllegalArgumentException where one is missing, unknown or of another shape; nothing is
   *     changed
   */
  public void setGradients(Map<String, Tensor> gradients) {
    engine.setGradients(gradients);
  }

  /**
   * Returns the Euclidean norm over all gradients that were computed or set, before clipping: of
   * what {@link TrainingStep#update} goes on from, or a run went on from. Parts of the model that
   * are not yet {@linkplain dev.rnn4j.optimizer.Unfreezing unfrozen} do not count.
   *
   * @throws IllegalStateException before the first run or computation
   */
  public double gradientNorm() {
    return engine.gradientNorm();
  }
}
