package dev.rnn4j.train;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.optimizer.Optimizer;
import dev.rnn4j.tensor.Tensor;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What optimizers remember of each parameter; shared by the plans of one training. */
final class Slots {
  private final Map<Parameter, List<Parameter>> slots = new HashMap<>();

  /** Returns the slots of a parameter, zeros at first. */
  List<Parameter> of(Parameter parameter, Optimizer optimizer) {
    return slots.computeIfAbsent(
        parameter,
        absent ->
            optimizer.slots().stream()
                .map(name -> Parameter.of(name, Tensor.zeros(parameter.shape())))
                .toList());
  }
}
