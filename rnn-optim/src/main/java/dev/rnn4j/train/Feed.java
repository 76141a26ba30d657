package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.loss.Target;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tensors of a batch as nodes, by name: where an {@link Objective} begins. */
public final class Feed {
  private final List<BatchSignature.Part> parts;
  private final List<Input> inputs;
  private final ForwardPass pass;

  Feed(BatchSignature signature, ForwardPass pass) {
    this.parts = signature.parts();
    this.inputs =
        parts.stream()
            .map(part -> Input.of(name(part), part.shape()))
            .collect(ImmutableList.toImmutableList());
    this.pass =
        find(Role.BEGINS, "begins")
            .filter(marks -> marks.shape().rank() == 2)
            .map(pass::beginningAt)
            .orElse(pass);
  }

  private static String name(BatchSignature.Part part) {
    String role = part.role().name().toLowerCase(java.util.Locale.ROOT);
    return switch (part.role()) {
      case INPUT, TARGET, BEGINS -> part.name();
      case MASK, WEIGHTS -> part.name().isEmpty() ? role : part.name() + "." + role;
    };
  }

  /** Returns the forward pass that is being built, for training or for evaluation. */
  public ForwardPass pass() {
    return pass;
  }

  /**
   * Returns an input as a signal: with the mask that the batch has for it, or for all.
   *
   * @throws IllegalArgumentException where the batch has no input of that name
   */
  public Signal signal(String name) {
    Signal signal = Signal.of(node(Role.INPUT, name), pass);
    if (isKnownToHaveNoTime(name)) {
      return signal;
    }
    return mask(name, signal.values().shape()).map(signal::masked).orElse(signal);
  }

  private boolean isKnownToHaveNoTime(String input) {
    return parts.stream()
        .filter(part -> part.role() == Role.INPUT && part.name().equals(input))
        .anyMatch(part -> part.axes().isPresent() && part.axes().get() != Axes.TIME_BATCH);
  }

  private Optional<Node> mask(String name, Shape shape) {
    return find(Role.MASK, name)
        .or(
            () ->
                find(Role.MASK, "")
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
        node(Role.TARGET, name), find(Role.WEIGHTS, name).or(() -> find(Role.WEIGHTS, "")));
  }

  /**
   * Returns an input or target as it is.
   *
   * @throws IllegalArgumentException where the batch has none of that name
   */
  public Node node(String name) {
    return find(Role.INPUT, name).orElseGet(() -> node(Role.TARGET, name));
  }

  private Node node(Role role, String name) {
    Optional<Node> node = find(role, name);
    checkArgument(
        node.isPresent(),
        "the batch has no %s '%s', only %s",
        role == Role.INPUT ? "input" : "target",
        name,
        inputs.stream().map(Input::name).toList());
    return node.get();
  }

  private Optional<Node> find(Role role, String name) {
    return IntStream.range(0, parts.size())
        .filter(i -> parts.get(i).role() == role && parts.get(i).name().equals(name))
        .<Node>mapToObj(inputs::get)
        .findFirst();
  }

  /** Returns the nodes of all tensors, in the order of the batch. */
  List<Input> inputs() {
    return inputs;
  }
}
