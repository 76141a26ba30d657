package dev.rnn4j.report;

import java.time.Duration;
import java.util.Locale;

/**
 * How far training is, as one line of text.
 *
 * @param epoch the epoch under way, from 1
 * @param epochs the number of epochs
 * @param part how much of all is done, from 0 to 1, or NaN while unknown
 * @param loss the mean loss of the epoch so far
 * @param validationLoss that of the epoch before, or NaN
 * @param rate the learning rate
 * @param updatesPerSecond the updates in a second, or NaN
 * @param time what is left, or at the end what was needed
 * @param ended whether training is over
 */
record ProgressLine(
    int epoch,
    int epochs,
    double part,
    double loss,
    double validationLoss,
    double rate,
    double updatesPerSecond,
    Duration time,
    boolean ended) {
  private static final int SMALLEST_BAR = 3;
  private static final int BLANKS_AND_BRACKETS = 3;

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
    String total = Integer.toString(epochs);
    String number = String.format(Locale.ROOT, "%" + total.length() + "d", epoch);
    String percent =
        Double.isNaN(part)
            ? ""
            : String.format(Locale.ROOT, " %3d%%", (int) Math.floor(100 * part));
    return "epoch " + number + "/" + total + percent;
  }

  private String lossText() {
    return " loss " + Readable.of(loss, 4);
  }

  private String validation() {
    return Double.isNaN(validationLoss) ? "" : " val " + Readable.of(validationLoss, 4);
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
