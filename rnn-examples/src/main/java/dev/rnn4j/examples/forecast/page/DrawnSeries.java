package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.examples.forecast.judge.Comparison;
import java.util.List;

/** Which of several series have charts of their own: the first ones. */
final class DrawnSeries {
  private static final int MOST = 6;

  private DrawnSeries() {}

  /** Returns their names. */
  static List<String> of(Comparison all) {
    return all.seriesNames().stream().limit(MOST).toList();
  }

  /** Returns a sentence where there are more. */
  static Markup remark(Comparison all) {
    int count = all.seriesNames().size();
    return count > MOST
        ? Markup.of("p", "Of " + count + " series, the first " + MOST + " are drawn one by one.")
            .as("small")
        : Markup.all();
  }
}
