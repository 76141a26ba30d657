package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.Training;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.io.PrintStream;
import java.util.Map;

/**
 * A line for each epoch, and for each look at the validation data within one, and nothing else: for
 * logs, and wherever nobody looks on.
 *
 * <pre>
 * epoch  3/50 loss 0.1234 val 0.2345 accuracy 0.9012 rate 0.0100 00:17
 * </pre>
 *
 * <p>The time is what has passed since the beginning. Needs no library.
 */
public final class EpochLines implements TrainingListener {
  private final PrintStream out;
  private Training training;
  private double rate;
  private double losses;
  private int updates;
  private ValidationResult shown;
  private ValidationResult latest;

  private EpochLines(PrintStream out) {
    this.out = out;
  }

  /** Returns a listener that writes to a stream. */
  public static EpochLines to(PrintStream out) {
    return new EpochLines(checkNotNull(out, "epochs were to be written to null: give a stream"));
  }

  @Override
  public void onStart(Training newTraining) {
    training = newTraining;
    History before = training.history();
    long updatesBefore = before.updates().size();
    long shownUpdates = before.epochs().stream().mapToLong(EpochResult::updates).sum();
    for (ValidationResult look : before.validations()) {
      if (look.updates() == updatesBefore && updatesBefore > shownUpdates) {
        latest = look; // an earlier run may have ended before it showed this one
      } else {
        shownUpdates = Math.max(shownUpdates, look.updates());
      }
    }
    before.updates().forEach(update -> rate = update.rate());
    before.updates().stream().skip(shownUpdates).forEach(this::count);
  }

  @Override
  public void onUpdate(UpdateResult update) {
    showLatest();
    count(update);
  }

  private void count(UpdateResult update) {
    rate = update.rate();
    losses += update.loss();
    updates++;
  }

  @Override
  public void onValidation(ValidationResult validation) {
    latest = validation;
  }

  /** Shows a look that came in the middle of an epoch, as no end of the epoch has followed. */
  private void showLatest() {
    if (latest != shown) {
      show(losses / updates, latest.loss(), latest.metrics());
      shown = latest;
      losses = 0;
      updates = 0;
    }
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    Map<String, Double> metrics = latest == shown ? Map.of() : latest.metrics();
    show(epoch.loss(), epoch.validationLoss(), metrics);
    shown = latest;
    losses = 0;
    updates = 0;
  }

  @Override
  public void onEnd(History history) {
    showLatest();
  }

  private void show(double loss, double validationLoss, Map<String, Double> metrics) {
    ProgressLine line =
        new ProgressLine(
            ProgressLine.place(training),
            Double.NaN,
            loss,
            validationLoss,
            metrics,
            rate,
            Double.NaN,
            training.elapsed(),
            true);
    out.println(line.text());
    out.flush();
  }
}
