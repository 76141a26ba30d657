package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;

/** Values of inputs that have to be known while the graph is built, as they decide its form. */
public final class NeededInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final ImmutableSet<String> inputs;

  NeededInputException(String message, ImmutableSet<String> inputs) {
    super(message);
    this.inputs = inputs;
  }

  /** Returns the names of the inputs. */
  public ImmutableSet<String> inputs() {
    return inputs;
  }
}
