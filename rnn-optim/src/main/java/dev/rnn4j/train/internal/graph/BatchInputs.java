package dev.rnn4j.train.internal.graph;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Axes;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tensors of a batch as inputs of a graph, by name: what is inside of a {@code Feed}. */
public final class BatchInputs {
  private final BatchSignature signature;
  private final List<BatchSignature.Part> parts;
  private final List<Input> inputs;
  private final ForwardPass pass;
  private final List<FullMask> full = new ArrayList<>();

  /**
   * Makes an input of each tensor.
   *
   * @throws IllegalArgumentException where a mask or weights belong to nothing in the batch
   */
  public BatchInputs(BatchSignature signature, ForwardPass pass) {
    this.signature = signature;
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
      Optional<BatchSignature.Part> owned =
          parts.stream()
              .filter(one -> one.role() == owner && one.name().equals(part.name()))
              .findFirst();
      checkArgument(
          owned.isPresent(),
          owner == Role.INPUT
              ? "%s belongs to no input of the batch, which has %s"
              : "%s belong to no target of the batch, which has %s",
          part,
          parts);
      checkArgument(
          owner == Role.TARGET || mayHaveTime(owned.get()),
          "%s is for time steps, and the axes of %s were said to be %s: leave out the mask, or say"
              + " Axes.TIME_BATCH",
          part,
          owned.get(),
          owned.get().axes().orElse(Axes.TIME_BATCH));
    } else if (part.role() == Role.MASK) {
      checkArgument(
          parts.stream().anyMatch(one -> isMasked(one, part.shape())),
          "%s fits nothing in the batch %s: a mask is [T, N], as its input begins",
          part,
          parts);
    }
  }

  private static boolean isMasked(BatchSignature.Part one, Shape mask) {
    return (one.role() == Role.INPUT || one.role() == Role.TARGET)
        && mayHaveTime(one)
        && one.shape().startsWith(mask);
  }

  private static boolean mayHaveTime(BatchSignature.Part one) {
    return one.axes().orElse(Axes.TIME_BATCH) == Axes.TIME_BATCH;
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

  /**
   * Returns what the first axes of a tensor are: as was said, or as the tensors of the batch fit
   * together; nothing where they fit in two ways.
   *
   * @throws IllegalArgumentException where the tensors disagree
   */
  public Optional<Axes> axes(Role role, String name) {
    return signature.axes(role, name);
  }

  /**
   * Lets runs refuse batches in which a step does not count, as nobody knows whether the mask for
   * all is meant for some input.
   */
  public void requireFullMask(String input) {
    for (int i = 0; i < parts.size(); i++) {
      if (parts.get(i).role() == Role.MASK && parts.get(i).name().isEmpty()) {
        full.add(new FullMask(i, input));
      }
    }
  }

  /** Returns the masks that must be 1 everywhere. */
  List<FullMask> fullMasks() {
    return ImmutableList.copyOf(full);
  }

  /** Returns the nodes of all tensors, in the order of the batch. */
  public List<Input> inputs() {
    return inputs;
  }
}
