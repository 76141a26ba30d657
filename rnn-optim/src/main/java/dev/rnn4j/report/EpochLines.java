package dev.rnn4j.report;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import java.io.PrintStream;
import java.time.Duration;

/**
 * A line for each epoch and nothing else: for logs, and wherever nobody looks on.
 *
 * <pre>
 * epoch  3/50 loss 0.1234 val 0.2345 rate 0.0100 00:17
 * </pre>
 *
 * <p>The time is what has passed since the beginning. Needs no library.
 */
public final class EpochLines implements TrainingListener {
  private final PrintStream out;
  private int epochs;
  private long start;
  private double rate;

  private EpochLines(PrintStream out) {
    this.out = out;
  }

  /** Returns a listener that writes to a stream. */
  public static EpochLines to(PrintStream out) {
    return new EpochLines(checkNotNull(out, "the stream to write to"));
  }

  @Override
  public void onStart(int newEpochs) {
    epochs = newEpochs;
    start = System.nanoTime();
  }

  @Override
  public void onUpdate(UpdateResult update) {
    rate = update.rate();
  }

  @Override
  public void onEpoch(EpochResult epoch) {
    Duration time = Duration.ofNanos(System.nanoTime() - start);
    ProgressLine line =
        new ProgressLine(
            epoch.epoch(),
            epochs,
            Double.NaN,
            epoch.loss(),
            epoch.validationLoss(),
            rate,
            Double.NaN,
            time,
            true);
    out.println(line.text());
    out.flush();
  }
}
