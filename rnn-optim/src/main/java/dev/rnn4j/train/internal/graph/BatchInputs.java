package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tensors of a batch as inputs of a graph, by name: what is inside of a {@code Feed}. */
public final class BatchInputs {
  private final List<BatchSignature.Part> parts;
  private final List<Input> inputs;
  private final ForwardPass pass;

  /**
   * Makes an input of each tensor.
   *
   * @throws IllegalArgumentException where a mask or weights belong to nothing in the batch
   */
  public BatchInputs(BatchSignature signature, ForwardPass pass) {
    this.parts = signature.parts();
    parts.forEach(this::requireOwner);
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

  /** Checks that a mask or weights, which would be left out else, belong to something. */
  private void requireOwner(BatchSignature.Part part) {
    Role owner =
        switch (part.role()) {
          case MASK -> Role.INPUT;
          case WEIGHTS -> Role.TARGET;
          case INPUT, TARGET, BEGINS -> null;
        };
    if (owner != null && !part.name().isEmpty()) {
      checkArgument(
          parts.stream().anyMatch(one -> one.role() == owner && one.name().equals(part.name())),
          owner == Role.INPUT
              ? "%s belongs to no input of the batch, which has %s"
              : "%s belong to no target of the batch, which has %s",
          part,
          parts);
    } else if (part.role() == Role.MASK) {
      checkArgument(
          parts.stream().anyMatch(one -> isMasked(one, part.shape())),
          "%s fits nothing in the batch %s: a mask is [T, N], as its input begins",
          part,
          parts);
    }
  }

  private static boolean isMasked(BatchSignature.Part one, Shape mask) {
    Shape shape = one.shape();
    return (one.role() == Role.INPUT || one.role() == Role.TARGET)
        && shape.rank() >= 2
        && shape.size(0) == mask.size(0)
        && shape.size(1) == mask.size(1);
  }

  /** Returns the name of the input that a tensor of a batch becomes. */
  static String name(BatchSignature.Part part) {
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

  /** Returns the tensors of the batch. */
  public List<BatchSignature.Part> parts() {
    return parts;
  }

  /** Returns the node of a tensor, if the batch has it. */
  public Optional<Node> find(Role role, String name) {
    return IntStream.range(0, parts.size())
        .filter(i -> parts.get(i).role() == role && parts.get(i).name().equals(name))
        .<Node>mapToObj(inputs::get)
        .findFirst();
  }

  /** Returns the nodes of all tensors, in the order of the batch. */
  public List<Input> inputs() {
    return inputs;
  }
}
