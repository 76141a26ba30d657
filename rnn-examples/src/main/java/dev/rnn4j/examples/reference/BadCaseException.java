package dev.rnn4j.examples.reference;

/** A case that says something that is not understood, or lacks something; in a sentence. */
final class BadCaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadCaseException(String message) {
    super(message);
  }
}
