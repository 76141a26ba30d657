package dev.rnn4j.contract;

/** A promise that cannot be tried here. */
final class UntriedException extends RuntimeException {
  private static final long serialVersionUID = 1;

  UntriedException(String why) {
    super(why);
  }
}
