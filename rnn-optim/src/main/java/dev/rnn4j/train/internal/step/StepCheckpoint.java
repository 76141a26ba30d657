package dev.rnn4j.train.internal.step;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.plan.Weights;
import dev.rnn4j.schedule.Schedule;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.graph.States;
import dev.rnn4j.train.internal.plan.Updates;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * All that the next updates depend on besides data, by name: paths for parameters, a slash in all
 * other names (docs/decisions/0012).
 */
final class StepCheckpoint {
  private static final String PRECISION = "training/precision";
  private static final String STEPS = "training/steps";
  private static final String STATE = "state/";

  private final Checkpoint checkpoint = new Checkpoint();
  private final Weights weights;
  private final States states;

  /**
   * Creates the checkpoint of a training.
   *
   * @param weights those of the training
   * @param states what is carried from batch to batch, or null
   */
  StepCheckpoint(
      Settings settings, Weights weights, Updates updates, Counters counters, States states) {
    this.weights = weights;
    this.states = states;
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
        () -> Tensor.scalar(counters.updates),
        count -> counters.updates = (long) count.item());
    checkpoint.add(
        "training/sequences",
        Shape.scalar(),
        () -> Tensor.scalar(counters.sequences),
        count -> counters.sequences = (long) count.item());
    Schedule schedule = settings.schedule();
    schedule.state().keySet().forEach(name -> add(schedule, name));
  }

  /** Adds a number that the schedule remembers. */
  private void add(Schedule schedule, String name) {
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

  /** Returns the state of the moment. */
  Map<String, Tensor> read() {
    Map<String, Tensor> tensors = new LinkedHashMap<>(checkpoint.read());
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

  /** Goes back to a state; where it does not fit, nothing changes. */
  void write(Map<String, Tensor> tensors) {
    Map<String, Tensor> rest = new LinkedHashMap<>(tensors);
    Tensor bits = rest.remove(PRECISION);
    checkArgument(
        bits != null,
        "this is no checkpoint of a training step, as it has no %s, only %s: give what checkpoint()"
            + " returned",
        PRECISION,
        tensors.keySet());
    checkArgument(
        bits.item() == bits(),
        "the checkpoint is of a training in %s bits, and this one is in %s",
        (int) bits.item(),
        bits());
    if (states == null) {
      checkpoint.write(rest);
      return;
    }
    Tensor steps = rest.remove(STEPS);
    checkArgument(steps != null, "the checkpoint has no %s: it carries no states", STEPS);
    Map<String, Tensor> carried = new LinkedHashMap<>();
    rest.forEach(
        (name, tensor) -> {
          if (name.startsWith(STATE)) {
            carried.put(name.substring(STATE.length()), tensor);
          }
        });
    carried.keySet().forEach(name -> rest.remove(STATE + name));
    checkpoint.check(rest);
    states.set(carried, (int) steps.item());
    checkpoint.write(rest);
  }
}
