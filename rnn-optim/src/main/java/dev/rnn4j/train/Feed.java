package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.train.internal.graph.BatchInputs;
import java.util.Optional;

/** The tensors of a batch as nodes, by name: where an {@link Objective} begins. */
public final class Feed {
  private final BatchInputs inputs;

  Feed(BatchInputs inputs) {
    this.inputs = inputs;
  }

  /** Returns the forward pass that is being built, for training or for evaluation. */
  public ForwardPass pass() {
    return inputs.pass();
  }

  /**
   * Returns an input as a signal: with the mask that the batch has for it, or for all.
   *
   * @throws IllegalArgumentException where the batch has no input of that name
   */
  public Signal signal(String name) {
    Signal signal = Signal.of(node(Role.INPUT, name), inputs.pass());
    if (isKnownToHaveNoTime(name)) {
      return signal;
    }
    return mask(name, signal.values().shape()).map(signal::masked).orElse(signal);
  }

  private boolean isKnownToHaveNoTime(String input) {
    return inputs.parts().stream()
        .filter(part -> part.role() == Role.INPUT && part.name().equals(input))
        .anyMatch(part -> part.axes().isPresent() && part.axes().get() != Axes.TIME_BATCH);
  }

  private Optional<Node> mask(String name, Shape shape) {
    return inputs
        .find(Role.MASK, name)
        .or(
            () ->
                inputs
                    .find(Role.MASK, "")
                    .filter(
                        mask ->
                            shape.rank() >= 2
                                && shape.size(0) == mask.size(0)
                                && shape.size(1) == mask.size(1)));
  }

  /**
   * Returns a target, with the weights that the batch has for it, or for all.
   *
   * @throws IllegalArgumentException where the batch has no target of that name
   */
  public Target target(String name) {
    return new Target(
        node(Role.TARGET, name),
        inputs.find(Role.WEIGHTS, name).or(() -> inputs.find(Role.WEIGHTS, "")));
  }

  /**
   * Returns an input or target as it is.
   *
   * @throws IllegalArgumentException where the batch has none of that name
   */
  public Node node(String name) {
    return inputs.find(Role.INPUT, name).orElseGet(() -> node(Role.TARGET, name));
  }

  private Node node(Role role, String name) {
    Optional<Node> node = inputs.find(role, name);
    checkArgument(
        node.isPresent(),
        "the batch has no %s '%s', only %s",
        role == Role.INPUT ? "input" : "target",
        name,
        inputs.inputs().stream().map(Input::name).toList());
    return node.get();
  }
}
