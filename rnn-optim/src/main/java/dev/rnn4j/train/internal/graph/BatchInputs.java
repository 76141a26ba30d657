package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.io.Batch.Role;
import dev.rnn4j.io.BatchSignature;
import dev.rnn4j.pass.ForwardPass;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/** The tensors of a batch as inputs of a graph, by name: what is inside of a {@code Feed}. */
public final class BatchInputs {
  private final List<BatchSignature.Part> parts;
  private final List<Input> inputs;
  private final ForwardPass pass;

  public BatchInputs(BatchSignature signature, ForwardPass pass) {
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
