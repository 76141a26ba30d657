package dev.rnn4j.examples.forecast.page;

import dev.rnn4j.forecast.Outlook;
import dev.rnn4j.report.Readable;
import java.util.Locale;

/** Numbers as the page writes them. */
final class Figures {
  private Figures() {}

  /** Returns an error or a value, empty where there is none. */
  static String of(double number) {
    return Double.isFinite(number) ? Readable.of(number, 4) : "";
  }

  /** Returns a number of a forecast, empty where there is none. */
  static String within(double number, Outlook next) {
    return Double.isFinite(number) ? Readable.within(number, next.halfWidth()) : "";
  }

  /** Returns a count with its noun: {@code 1 row}, {@code 1,461 rows}. */
  static String count(int count, String noun) {
    return String.format(Locale.ROOT, "%,d %s", count, noun) + (count == 1 ? "" : "s");
  }
}
