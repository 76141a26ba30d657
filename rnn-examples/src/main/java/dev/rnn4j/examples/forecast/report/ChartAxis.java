package dev.rnn4j.examples.forecast.report;

import dev.rnn4j.examples.forecast.judge.Comparison;
import java.time.Duration;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.stream.IntStream;

/**
 * How a plot shows the rows of a comparison from left to right.
 *
 * @param comparison what is plotted
 */
record ChartAxis(Comparison comparison) {
  /** In a shorter time, a plot has no dates: they would differ in less than a second. */
  private static final Duration SHORT = Duration.ofMinutes(2);

  /** Returns how dates are written: as precisely as they have to be told apart. */
  String pattern() {
    if (comparison.dates().isEmpty() || !comparison.rows().get(0).contains("T")) {
      return "yyyy-MM-dd";
    }
    return span(comparison.dates().get()).compareTo(Duration.ofDays(1)) < 0
        ? "HH:mm:ss"
        : "MM-dd HH:mm";
  }

  /** Returns what is counted, empty where that is plain. */
  String title() {
    return comparison.dates().filter(ChartAxis::isShort).isPresent()
        ? "seconds after " + comparison.rows().get(0)
        : "";
  }

  /** Returns dates, years, seconds, or the numbers 1 to n. */
  List<?> values() {
    if (comparison.dates().isEmpty()) {
      return IntStream.rangeClosed(1, comparison.size()).boxed().toList();
    }
    List<LocalDateTime> dates = comparison.dates().get();
    if (isShort(dates)) {
      return dates.stream()
          .map(date -> Duration.between(dates.get(0), date).toNanos() / 1e9)
          .toList();
    }
    boolean years = comparison.rows().get(0).length() == 4;
    return dates.stream()
        .map(date -> years ? date.getYear() : Date.from(date.toInstant(ZoneOffset.UTC)))
        .toList();
  }

  private static boolean isShort(List<LocalDateTime> dates) {
    return span(dates).compareTo(SHORT) < 0;
  }

  private static Duration span(List<LocalDateTime> dates) {
    return Duration.between(dates.get(0), dates.get(dates.size() - 1));
  }
}
