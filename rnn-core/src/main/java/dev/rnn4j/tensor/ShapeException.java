package dev.rnn4j.tensor;

/** Sizes that do not fit each other: the message names the operation, the sizes and the cure. */
public final class ShapeException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Creates the exception with its message. */
  public ShapeException(String message) {
    super(message);
  }
}
