package dev.rnn4j.table;

/** Data that cannot be used as they are. The message is one sentence: where, what, and the cure. */
public final class DataException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** Makes an exception with a sentence for the person whose data these are. */
  public DataException(String message) {
    super(message);
  }

  /** Makes an exception with a sentence for the person whose data these are, and its cause. */
  public DataException(String message, Throwable cause) {
    super(message, cause);
  }
}
