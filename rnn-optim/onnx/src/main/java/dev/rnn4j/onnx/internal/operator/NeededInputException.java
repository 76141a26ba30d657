package dev.rnn4j.onnx.internal.operator;

import com.google.common.collect.ImmutableSet;

/** Values of inputs that have to be known while the graph is built, as they decide its form. */
public final class NeededInputException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  private final String reason;
  private final ImmutableSet<String> inputs;

  NeededInputException(String reason, ImmutableSet<String> inputs) {
    super(reason + ": give them as Node.constant(...)");
    this.reason = reason;
    this.inputs = inputs;
  }

  /** Returns why, without the cure, which depends on who asks. */
  public String reason() {
    return reason;
  }

  /** Returns the names of the inputs. */
  public ImmutableSet<String> inputs() {
    return inputs;
  }
}
