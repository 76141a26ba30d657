package dev.rnn4j.torch;

/**
 * Weights that do not fit the modules they are for: some missing, left over, or of other shapes.
 */
public final class StateDictException extends IllegalArgumentException {
  private static final long serialVersionUID = 1;

  StateDictException(String message) {
    super(message);
  }
}
