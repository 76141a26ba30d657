package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.io.PrintStream;
import java.time.Duration;
import java.util.Map;
import java.util.OptionalInt;

/**
 * A line on the terminal that shows epoch, mean loss, learning rate, updates per second and the
 * time left, drawn anew several times a second:
 *
 * <pre>
 * epoch  3/50   5% [=                 ] loss 0.1234 rate 0.0100 2512/s 00:17 left
 * </pre>
 *
 * <p>The time left is known from the second epoch on. A narrow terminal shows less. Needs {@code
 * me.tongfei:progressbar}.
 */
public final class ProgressBarListener implements TrainingListener {
  private final PrintStream out;
  private final int width;
  private Bar bar;
  private Training training;
  private long updatesBefore;
  private double partBefore;
  private long updates;
  private double lossInEpoch;
  private double rate;
  private ValidationResult latest;
  private volatile Progress progress;

  /** What the training thread tells the one that draws. */
  private record Progress(
      String place,
      long all,
      double part,
      double loss,
      double validationLoss,
      Map<String, Double> metrics,
      double rate) {}

  private ProgressBarListener(PrintStream out, int width) {
    this.out = out;
    this.width = width;
  }

  /**
   * Returns what shows progress on a stream: a bar as wide as the terminal where it is one, else
   * {@link EpochLines}. Only {@link System#out} and {@link System#err} can be terminals.
   *
   * @throws IllegalStateException for a terminal without the library for it
   */
  public static TrainingListener to(PrintStream out) {
    OptionalInt columns = Terminal.columns(out);
    return columns.isPresent() ? to(out, Math.max(1, columns.getAsInt() - 1)) : EpochLines.to(out);
  }

  /**
   * Returns a progress bar of some width, whatever the stream is.
   *
   * @param width the columns to fill, one less than the terminal has
   * @throws IllegalStateException without the library for it
   */
  public static ProgressBarListener to(PrintStream out, int width) {
    checkNotNull(out, "a progress bar was given null as its stream");
    checkArgument(width > 0, "a progress bar cannot be %s columns wide", width);
    Libraries.require(
        "the progress bar", "me.tongfei.progressbar.ProgressBar", "me.tongfei:progressbar");
    return new ProgressBarListener(out, width);
  }

  @Override
  public void onStart(Training newTraining) {
    training = newTraining;
    updatesBefore = training.updates();
    partBefore = training.part().orElse(0);
    History before = training.history();
    before.updates().stream()
        .skip(before.epochs().stream().mapToLong(EpochResult::updates).sum())
        .forEach(this::count);
    before.validations().forEach(look -> latest = look);
    bar = new Bar(out, width, this::draw);
  }

  @Override
  public void onUpdate(UpdateResult update) {
    count(update);
    tell(lossInEpoch / updates);
    bar.step();
  }

  private void count(UpdateResult update) {
    updates++;
    lossInEpoch += update.loss();
    rate = update.rate();
  }

  @Override
  public void onValidation(ValidationResult validation) {
    latest = validation;
    tell(lossInEpoch / updates);
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    updates = 0;
    lossInEpoch = 0;
    tell(epoch.loss());
  }

  private void tell(double loss) {
    progress =
        new Progress(
            ProgressLine.place(training),
            training.updates() - updatesBefore,
            training.part().orElse(Double.NaN),
            loss,
            latest == null ? Double.NaN : latest.loss(),
            latest == null ? Map.of() : latest.metrics(),
            rate);
  }

  @Override
  public void onEnd(History history) {
    bar.close();
  }

  private String draw(Duration elapsed, boolean ended) {
    Progress now = progress;
    if (now == null) {
      return "";
    }
    double seconds = Math.max(1e-9, elapsed.toNanos() / 1e9);
    double done = now.part() - partBefore;
    Duration left =
        done > 0 ? Duration.ofMillis(Math.round(1000 * seconds * (1 - now.part()) / done)) : null;
    return new ProgressLine(
            now.place(),
            now.part(),
            now.loss(),
            now.validationLoss(),
            now.metrics(),
            now.rate(),
            now.all() / seconds,
            ended ? elapsed : left,
            ended)
        .text(width);
  }
}
