package dev.rnn4j.examples.reference;

/** Says in a sentence what a case lacks, or what in it is not understood. */
final class BadCaseException extends RuntimeException {
  private static final long serialVersionUID = 1;

  BadCaseException(String message) {
    super(message);
  }
}
