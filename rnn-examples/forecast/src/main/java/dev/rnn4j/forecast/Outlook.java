package dev.rnn4j.forecast;

import dev.rnn4j.report.Readable;
import java.util.Optional;

/**
 * A forecast of what nobody knows yet.
 *
 * @param when the date of the row, or its place after the last one
 * @param series the name of its series, if there are several
 * @param target the column
 * @param value what is expected
 * @param low the quantile 0.1
 * @param high the quantile 0.9
 */
public record Outlook(
    String when, Optional<String> series, String target, double value, double low, double high) {
  /** Returns the date, and the series if there are several; a blank name is {@code ''}. */
  public String row() {
    return when + series.map(name -> ", " + (name.isBlank() ? "''" : name)).orElse("");
  }

  /** Returns half the width of the interval from 0.1 to 0.9. */
  public double halfWidth() {
    return (high - low) / 2;
  }

  /**
   * Returns {@code 2016-01-01: temp_max 12.6 (80 %: 9.2 to 14.1)}, with as many digits as half the
   * width of the interval lets them have.
   */
  @Override
  public String toString() {
    return row()
        + ": "
        + target
        + " "
        + Readable.within(value, halfWidth())
        + " (80 %: "
        + Readable.within(low, halfWidth())
        + " to "
        + Readable.within(high, halfWidth())
        + ")";
  }
}
