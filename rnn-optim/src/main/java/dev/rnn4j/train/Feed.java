package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
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
   * Returns an input as a signal: with the mask that the batch has for it, or for all inputs that
   * begin with T and N. An input {@code [N, F]}, whose sizes may be those of T and N, has no time.
   * Where nobody can tell which it is, a run refuses batches with steps that do not count.
   *
   * @throws IllegalArgumentException where the batch has no input of that name
   */
  public Signal signal(String name) {
    Signal signal = Signal.of(node(Role.INPUT, name), inputs.pass());
    Optional<Node> own = inputs.find(Role.MASK, name);
    Optional<Node> all =
        inputs.find(Role.MASK, "").filter(mask -> signal.values().shape().startsWith(mask.shape()));
    if (own.isPresent() || all.isEmpty()) {
      return own.map(signal::masked).orElse(signal);
    }
    Optional<Axes> axes = inputs.axes(Role.INPUT, name);
    if (axes.isEmpty()) {
      inputs.requireFullMask(name);
    }
    return axes.equals(Optional.of(Axes.TIME_BATCH)) ? signal.masked(all.get()) : signal;
  }

  /**
   * Returns a target, with its axes as far as the batch tells them, and the weights that it has for
   * it, or for all.
   *
   * @throws IllegalArgumentException where the batch has no target of that name
   */
  public Target target(String name) {
    return new Target(
        node(Role.TARGET, name),
        inputs.find(Role.WEIGHTS, name).or(() -> inputs.find(Role.WEIGHTS, "")),
        inputs.axes(Role.TARGET, name));
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
