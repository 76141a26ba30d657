package dev.rnn4j.examples.forecast;

import dev.rnn4j.report.Readable;

/** A forecast of what nobody knows yet, and the interval around it. */
record Outlook(double value, Interval interval) {
  /** Returns the quantile 0.1. */
  double low() {
    return interval.low(value);
  }

  /** Returns the quantile 0.9. */
  double high() {
    return interval.high(value);
  }

  /** Returns {@code 12.58 (80 %: 9.2 to 14.1)}. */
  @Override
  public String toString() {
    return Readable.of(value, 4)
        + " (80 %: "
        + Readable.of(low(), 3)
        + " to "
        + Readable.of(high(), 3)
        + ")";
  }
}
