package dev.rnn4j.train.internal.step;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.optimizer.Averaged;
import dev.rnn4j.tensor.Tensor;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.Map;

/** The averages of a model's parameters that an optimizer keeps. */
public final class AveragedValues {
  private AveragedValues() {}

  /** Returns averages where the optimizer keeps them, and the values themselves elsewhere. */
  public static Map<String, Tensor> of(GuardedEngine step) {
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
