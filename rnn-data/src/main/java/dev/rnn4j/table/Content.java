package dev.rnn4j.table;

/**
 * What the cells of a column are.
 *
 * @param missing cells without a value
 * @param numbers cells with a number
 * @param others cells with anything else
 */
public record Content(int missing, int numbers, int others) {
  /** Returns whether most cells that have a value have something else than a number. */
  public boolean isText() {
    return others > numbers;
  }

  /** Returns whether more cells lack a value than have one. */
  public boolean isMostlyMissing() {
    return missing > numbers + others;
  }
}
