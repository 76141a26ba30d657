package dev.rnn4j.report;

import dev.rnn4j.train.Training;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;

/**
 * How far training is, as one line of text.
 *
 * @param place how far it is, of how much: {@code epoch 3/50}
 * @param part how much of all is done, from 0 to 1, or NaN while unknown
 * @param loss the mean loss of the epoch so far
 * @param validationLoss that of the epoch before, or NaN
 * @param metrics the metrics of then
 * @param rate the learning rate
 * @param updatesPerSecond the updates in a second, or NaN
 * @param time what is left, or at the end what was needed
 * @param ended whether training is over
 */
record ProgressLine(
    String place,
    double part,
    double loss,
    double validationLoss,
    Map<String, Double> metrics,
    double rate,
    double updatesPerSecond,
    Duration time,
    boolean ended) {
  private static final int SMALLEST_BAR = 3;
  private static final int BLANKS_AND_BRACKETS = 3;

  /** Returns how far a training is, in epochs, or in updates where only these are limited. */
  static String place(Training training) {
    if (training.epochLimit() == 0 && training.updateLimit() > 0) {
      return of("update", training.updates(), training.updateLimit());
    }
    return of("epoch", training.epoch(), training.epochLimit());
  }

  private static String of(String what, long number, long limit) {
    if (limit == 0) {
      return what + " " + number;
    }
    String total = Long.toString(limit);
    return String.format(Locale.ROOT, "%s %" + total.length() + "d/%s", what, number, total);
  }

  /**
   * Returns a line with a bar that fills a width. Where there is no room for everything, speed goes
   * first, then the rate, the bar, the time, and the validation loss; the line is as long anyway.
   */
  String text(int width) {
    String[] lines = {
      lossText() + validation() + rateText() + speed() + clock(),
      lossText() + validation() + rateText() + clock(),
      lossText() + validation() + clock()
    };
    for (String line : lines) {
      int bar = width - where().length() - line.length() - BLANKS_AND_BRACKETS;
      if (bar >= SMALLEST_BAR) {
        int done = Double.isNaN(part) ? 0 : (int) Math.round(part * bar);
        return where() + " [" + "=".repeat(done) + " ".repeat(bar - done) + "]" + line;
      }
    }
    String[] shorter = {
      where() + lossText() + validation() + clock(),
      where() + lossText() + validation(),
      where() + lossText()
    };
    for (String line : shorter) {
      if (line.length() <= width) {
        return line + " ".repeat(width - line.length());
      }
    }
    return (where() + " ".repeat(width)).substring(0, width);
  }

  /** Returns a line without a bar, as long as it comes. */
  String text() {
    return where() + lossText() + validation() + rateText() + speed() + clock();
  }

  private String where() {
    String percent =
        Double.isNaN(part)
            ? ""
            : String.format(Locale.ROOT, " %3d%%", (int) Math.floor(100 * part));
    return place + percent;
  }

  private String lossText() {
    return " loss " + Readable.of(loss, 4);
  }

  private String validation() {
    StringBuilder text = new StringBuilder();
    if (!Double.isNaN(validationLoss)) {
      text.append(" val ").append(Readable.of(validationLoss, 4));
    }
    metrics.forEach(
        (name, value) -> text.append(' ').append(name).append(' ').append(Readable.of(value, 4)));
    return text.toString();
  }

  private String rateText() {
    return " rate " + Readable.of(rate, 3);
  }

  private String speed() {
    return Double.isNaN(updatesPerSecond)
        ? ""
        : String.format(Locale.ROOT, " %,.0f/s", updatesPerSecond);
  }

  private String clock() {
    if (time == null) {
      return "";
    }
    long hours = time.toHours();
    String minutes =
        String.format(Locale.ROOT, "%02d:%02d", time.toMinutesPart(), time.toSecondsPart());
    return (hours == 0 ? " " : " " + hours + ":") + minutes + (ended ? "" : " left");
  }
}
