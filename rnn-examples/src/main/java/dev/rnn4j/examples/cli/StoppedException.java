package dev.rnn4j.examples.cli;

/** Somebody has stopped a training that is kept, and was told how to go on. */
final class StoppedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  StoppedException(String sentence) {
    super(sentence);
  }
}
