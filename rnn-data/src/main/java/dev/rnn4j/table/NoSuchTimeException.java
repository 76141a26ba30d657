package dev.rnn4j.table;

import java.time.DateTimeException;

/** A cell has a day of the calendar, and a time or an offset that there is not. */
final class NoSuchTimeException extends DateTimeException {
  private static final long serialVersionUID = 1;

  /**
   * Creates one.
   *
   * @param what the cell has or is, for the end of a sentence
   */
  NoSuchTimeException(String what) {
    super(what);
  }

  /** Returns one for an hour, minute or second out of its range. */
  static NoSuchTimeException ofClock() {
    return new NoSuchTimeException(
        "has a time that no day has: hours are 0 to 23, or 1 to 12 with AM or PM, minutes and"
            + " seconds 0 to 59, and 24:00 is the end");
  }
}
