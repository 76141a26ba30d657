package dev.rnn4j.train;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Weights;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What training changes: the values of parameters, what optimizers remember of each, and the number
 * of updates. The plans of one training share it.
 */
final class TrainingState {
  private final Assignment assignment;
  private final Weights weights;
  private final Map<Parameter, List<Parameter>> slots = new LinkedHashMap<>();
  private long updates;

  TrainingState(Assignment assignment, Weights weights) {
    this.assignment = assignment;
    this.weights = weights;
    for (Parameter parameter : assignment.trained()) {
      slots.put(
          parameter,
          assignment.optimizer(parameter).slots().stream()
              .map(name -> Parameter.of(name, Tensor.zeros(parameter.shape())))
              .toList());
    }
  }

  Weights weights() {
    return weights;
  }

  /** Returns what the optimizer of a trained parameter remembers of it. */
  List<Parameter> slots(Parameter parameter) {
    return slots.get(parameter);
  }

  long updates() {
    return updates;
  }

  void countUpdate() {
    updates++;
  }

  /** Returns all of it as a checkpoint: paths for parameters, a slash in all other names. */
  Checkpoint checkpoint() {
    Checkpoint checkpoint = new Checkpoint();
    assignment.parameters().forEach((path, parameter) -> add(checkpoint, path, parameter));
    slots.forEach(
        (parameter, own) ->
            own.forEach(
                slot -> add(checkpoint, assignment.path(parameter) + "/" + slot.name(), slot)));
    checkpoint.add(
        "training/updates",
        Shape.scalar(),
        () -> Tensor.scalar(updates),
        count -> updates = (long) count.item());
    return checkpoint;
  }

  private void add(Checkpoint checkpoint, String name, Parameter parameter) {
    checkpoint.add(
        name,
        parameter.shape(),
        () -> weights.get(parameter),
        value -> weights.set(parameter, value));
  }
}
