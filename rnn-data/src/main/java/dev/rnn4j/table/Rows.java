package dev.rnn4j.table;

import static com.google.common.base.Preconditions.checkArgument;

/**
 * A range of rows, counted from 0.
 *
 * @param from the first row
 * @param to the row after the last
 */
public record Rows(int from, int to) {
  /** Checks that {@code 0 ≤ from ≤ to}. */
  public Rows {
    checkArgument(
        from >= 0 && to >= from, "rows %s to %s are no range; it needs 0 <= from <= to", from, to);
  }

  /** Returns the number of rows. */
  public int size() {
    return to - from;
  }

  /** Returns whether a row is in the range. */
  public boolean contains(int row) {
    return row >= from && row < to;
  }

  /** Returns {@code [from, to)}. */
  @Override
  public String toString() {
    return "[" + from + ", " + to + ")";
  }
}
