package dev.rnn4j.window;

import java.util.Locale;

/**
 * The rows at which a window would begin by the stride, and none does, by the reason.
 *
 * @param pastEnd the window would reach past the end of its series
 * @param acrossGap it would cross a gap between dates
 * @param missing a value that it uses is missing, and such windows are left out
 * @param outside it does not belong to the chosen part of the rows
 */
public record LeftOut(int pastEnd, int acrossGap, int missing, int outside) {
  /** Returns how many there are. */
  public int total() {
    return pastEnd + acrossGap + missing + outside;
  }

  /** Returns the counts with their reasons. */
  @Override
  public String toString() {
    String counts =
        String.format(
            Locale.ROOT,
            "%d past the end, %d across a gap, %d with a missing value",
            pastEnd,
            acrossGap,
            missing);
    return outside == 0 ? counts : counts + ", " + outside + " outside the chosen rows";
  }
}
