package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.AveragedValues;
import java.util.Map;

/**
 * The averages of a model's parameters that an {@link Averaged} optimizer keeps.
 *
 * <pre>{@code
 * step.weights().setAll(step.model(), Averages.of(step));
 * }</pre>
 */
public final class Averages {
  private Averages() {}

  /**
   * Returns values of all parameters by path: averages where the step's optimizer keeps them, and
   * the values themselves elsewhere.
   */
  public static Map<String, Tensor> of(TrainingStep step) {
    checkNotNull(step, "averages were asked for of null: give a training step");
    return AveragedValues.of(step.engine);
  }
}
