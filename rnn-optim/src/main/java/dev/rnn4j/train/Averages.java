package dev.rnn4j.train;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
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
    Map<String, Tensor> checkpoint = step.checkpoint();
    Map<String, Parameter> parameters = Parameters.of(step.model());
    Map<Parameter, Tensor> averages = new IdentityHashMap<>();
    parameters.forEach(
        (path, parameter) -> {
          Tensor average = checkpoint.get(path + "/" + Averaged.SLOT);
          if (average != null) {
            averages.put(parameter, average);
          }
        });
    Map<String, Tensor> values = new LinkedHashMap<>();
    parameters.forEach(
        (path, parameter) -> {
          Tensor average = averages.get(parameter);
          values.put(path, average == null ? checkpoint.get(path) : average);
        });
    return values;
  }
}
