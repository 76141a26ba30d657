package dev.rnn4j.report;

import java.time.Duration;
import java.util.Locale;

/**
 * How far training is, as one line of text.
 *
 * @param epoch the epoch under way, from 0
 * @param epochs the number of epochs
 * @param part how much of all is done, from 0 to 1, or NaN while unknown
 * @param loss the mean loss of the epoch so far
 * @param validationLoss that of the epoch before, or NaN
 * @param rate the learning rate
 * @param updatesPerSecond the updates in a second
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
  /** Returns a line that fills a width, as long as that leaves room for the bar. */
  String text(int width) {
    String before = before();
    String after = after();
    int bar = Math.max(3, width - before.length() - after.length() - 4);
    int done = Double.isNaN(part) ? 0 : (int) Math.round(part * bar);
    return before + " [" + "=".repeat(done) + " ".repeat(bar - done) + "] " + after;
  }

  private String before() {
    String total = Integer.toString(epochs);
    String number = String.format(Locale.ROOT, "%" + total.length() + "d", epoch + 1);
    String percent =
        Double.isNaN(part)
            ? ""
            : String.format(Locale.ROOT, " %3d%%", (int) Math.floor(100 * part));
    return "epoch " + number + "/" + total + percent;
  }

  private String after() {
    StringBuilder text = new StringBuilder("loss ").append(number(loss));
    if (!Double.isNaN(validationLoss)) {
      text.append(" val ").append(number(validationLoss));
    }
    text.append(String.format(Locale.ROOT, " rate %.3g", rate));
    text.append(String.format(Locale.ROOT, " %.0f/s", updatesPerSecond));
    if (time != null) {
      text.append(' ').append(clock()).append(ended ? "" : " left");
    }
    return text.toString();
  }

  private static String number(double value) {
    return String.format(Locale.ROOT, "%.4g", value);
  }

  private String clock() {
    long hours = time.toHours();
    String minutes =
        String.format(Locale.ROOT, "%02d:%02d", time.toMinutesPart(), time.toSecondsPart());
    return hours == 0 ? minutes : hours + ":" + minutes;
  }
}
