package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.io.Batch;
import dev.rnn4j.metric.Metric;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.train.internal.run.Gauge;
import dev.rnn4j.train.internal.run.Generated;
import dev.rnn4j.train.internal.run.Limits;
import dev.rnn4j.train.internal.run.Saving;
import dev.rnn4j.train.internal.run.StopSign;
import dev.rnn4j.train.internal.run.TruncatedBatches;
import dev.rnn4j.train.internal.run.Updating;
import dev.rnn4j.train.internal.run.Validation;
import dev.rnn4j.train.internal.run.WholeBatches;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/**
 * The loop around a training step: epochs over batches, listeners, a history; with validation data,
 * the best parameters are kept and training can stop early.
 *
 * <pre>{@code
 * History history =
 *     Trainer.of(step)
 *         .epochs(50)
 *         .validation(() -> later, 5)
 *         .metric(Metrics::accuracy)
 *         .run(() -> batches);
 * }</pre>
 *
 * <p>Without {@link #epochs}, {@link #updates} or {@link #time} there is one epoch. {@link #stop},
 * from any thread, ends training after the update under way, and so does {@link Thread#interrupt}
 * of the thread that trains; {@link StopOnInterrupt} does it for Ctrl-C. A schedule {@linkplain
 * dev.rnn4j.schedule.Schedule#observe observes} each look at the validation data, or without them
 * each epoch's loss.
 */
public final class Trainer {
  private final TrainingStep step;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private Limits limits = Limits.UNSAID;
  private final Validation validation = new Validation();
  private int accumulated = 1;
  private TruncatedBatches truncated;
  private final StopSign stop = new StopSign();
  private Saving saving = Saving.none();
  private boolean started;

  private Trainer(TrainingStep step) {
    this.step = step;
  }

  /** Returns a trainer for a step. */
  public static Trainer of(TrainingStep step) {
    return new Trainer(given(step, "training step"));
  }

  /**
   * Ends after so many epochs; after 1 where neither updates nor a time are set. 0 epochs, as 0
   * updates and no time, train nothing, and look at no validation data.
   */
  public Trainer epochs(int count) {
    limits = limits.epochs(count);
    return this;
  }

  /** Ends after so many updates, which may be in the middle of an epoch. */
  public Trainer updates(long count) {
    limits = limits.updates(count);
    return this;
  }

  /** Ends after the update during which so much time has passed. */
  public Trainer time(Duration limit) {
    limits = limits.time(given(limit, "time"));
    return this;
  }

  /** Adds a listener; listeners are called in the order of being added. */
  public Trainer listener(TrainingListener listener) {
    listeners.add(given(listener, "listener"));
    return this;
  }

  /** Makes one update of so many batches, with the gradients of one batch of all of them. */
  public Trainer accumulate(int batches) {
    checkArgument(batches > 0, "an update cannot be made of %s batches", batches);
    accumulated = batches;
    return this;
  }

  /**
   * Makes an update every {@code every} time steps of a batch, with gradients that go back as far:
   * {@link #truncated(int, int) truncated(every, every)}.
   */
  public Trainer truncated(int every) {
    return truncated(every, every);
  }

  /**
   * Truncated backpropagation through time (Williams and Peng, "An efficient gradient-based
   * algorithm for on-line training of recurrent network trajectories", 1990): every {@code every}
   * steps of a batch there is an update from the losses of these steps, with gradients that go back
   * over {@code back} steps. Each batch is whole sequences, as long as they come; the last update
   * of a batch is from what is left. Where a batch {@linkplain dev.rnn4j.io.Batch#begins marks}
   * what begins, as windows of streams do, sequences that its first step marks 0 go on from the
   * states of the batch before, and gradients go back to the beginning of the batch at most. The
   * step has to {@linkplain TrainingStepBuilder#carryStates carry states}, and targets have to be
   * for each step.
   *
   * @throws IllegalArgumentException where back is smaller than every: losses would be left out
   */
  public Trainer truncated(int every, int back) {
    truncated = new TruncatedBatches(every, back);
    return this;
  }

  /**
   * Judges every epoch by the loss on other data. At the end the parameters of the best epoch are
   * restored.
   */
  public Trainer validation(Supplier<? extends Iterable<Batch>> data) {
    return validation(data, Integer.MAX_VALUE);
  }

  /**
   * Judges every epoch by the loss on other data. At the end the parameters that were judged best
   * are restored; training stops after {@code patience} looks without a better one.
   */
  public Trainer validation(Supplier<? extends Iterable<Batch>> data, int patience) {
    checkArgument(patience > 0, "a patience of %s epochs is not above 0", patience);
    validation.on(given(data, "validation data"), patience);
    return this;
  }

  /** Looks at the validation data after every so many updates, instead of after each epoch. */
  public Trainer validateEveryUpdates(long updates) {
    checkArgument(updates > 0, "there cannot be %s updates between two looks", updates);
    validation.everyUpdates(updates);
    return this;
  }

  /** Looks at the validation data after every so many epochs. */
  public Trainer validateEveryEpochs(int epochs) {
    checkArgument(epochs > 0, "there cannot be %s epochs between two looks", epochs);
    validation.everyEpochs(epochs);
    return this;
  }

  /**
   * Computes a metric of a model of one input on the validation data: {@code
   * metric(Metrics::accuracy)}.
   */
  public Trainer metric(Supplier<Metric> metric) {
    return metric(TrainingStep.PREDICTION, Batch.Y, metric);
  }

  /**
   * Computes a metric on the validation data. What does not count in the loss does not count here:
   * by the weights of the target, and by the mask of the one input that has its T and N, or of all.
   * (Where N = T, say {@link dev.rnn4j.io.Axes#TIME_BATCH} behind a target of only these two axes.)
   * Of several metrics with the same name, each is called after its output too: {@code price/mae}.
   *
   * @param output the name of an output of the objective
   * @param target the name of the target that it is compared with
   */
  public Trainer metric(String output, String target, Supplier<Metric> metric) {
    validation.add(new Gauge(output, target, metric));
    return this;
  }

  /** Calls those parameters the best whose metric is largest: of accuracy, for example. */
  public Trainer judgeByLargest(String metric) {
    validation.judgeBy(given(metric, "metric to judge by"), true);
    return this;
  }

  /** Calls those parameters the best whose metric is smallest: of an error, for example. */
  public Trainer judgeBySmallest(String metric) {
    validation.judgeBy(given(metric, "metric to judge by"), false);
    return this;
  }

  /**
   * Judges, and restores, the averages of the parameters that an optimizer {@linkplain
   * dev.rnn4j.optimizer.Averaged keeps}, not the parameters themselves.
   */
  public Trainer judgeAverages() {
    validation.judgeAverages();
    return this;
  }

  /**
   * Goes on from the newest checkpoint in a folder, or begins where there is none, and keeps
   * checkpoints there: {@link #resume(Checkpoints)} as {@link Checkpoints#in} has it.
   *
   * <pre>{@code
   * Trainer.of(step).epochs(50).resume(folder).run(() -> batches);
   * }</pre>
   */
  public Trainer resume(Path folder) {
    return resume(Checkpoints.in(folder));
  }

  /**
   * Goes on from the newest checkpoint in a folder, or begins where there is none, and keeps
   * checkpoints there. A training that was killed, at any moment, ends with the same bits as one
   * that was not, in the parameters and in the history; a limit of time is that of all processes
   * together. Its end leaves the model there, as {@code model.safetensors}, and the last
   * checkpoint; run once more, it returns what it found, or goes on to a limit that is further
   * away.
   *
   * <p>All but the data is in a checkpoint. Data are asked for again, and what was taken of the
   * epoch under way is left out; what their order is drawn from has to be {@linkplain #remember
   * remembered}, unless the data are {@link Resumable} themselves. A listener that is {@code
   * Resumable} is saved, too.
   */
  public Trainer resume(Checkpoints checkpoints) {
    saving = saving.in(given(checkpoints, "checkpoints"), true);
    return this;
  }

  /** Keeps checkpoints in a folder that has none: {@link #resume(Path)} goes on from them. */
  public Trainer checkpoint(Path folder) {
    return checkpoint(Checkpoints.in(folder));
  }

  /**
   * Keeps checkpoints in a folder that has none: {@link #resume(Checkpoints)} goes on from them.
   */
  public Trainer checkpoint(Checkpoints checkpoints) {
    saving = saving.in(given(checkpoints, "checkpoints"), false);
    return this;
  }

  /**
   * Keeps in checkpoints what batches are drawn from, a generator of random numbers mostly: {@code
   * remember("data", random)}.
   */
  public Trainer remember(String name, Resumable source) {
    saving.remember(given(name, "name of a source"), given(source, "source to remember"));
    return this;
  }

  /**
   * Ends training after the update under way; from any thread. A trainer that has been stopped
   * stays so: where it has not begun yet, it makes no update.
   */
  public void stop() {
    stop.set();
  }

  /**
   * Trains. Of an epoch during which training is stopped, the updates count, and the history has
   * them; the epoch is not judged. Where a limit ends an epoch, it is. A thread that was
   * interrupted is no longer so when this returns: the history says {@link History.Ending#STOPPED},
   * and files can be written.
   *
   * @param data the batches of an epoch, asked for anew for each: a place to shuffle. They need no
   *     end where updates or time are limited
   * @throws IllegalArgumentException where an epoch or the validation data have no batches
   * @throws ArithmeticException where the loss or a gradient is NaN or infinite, with the place
   *     where that begins, or where training diverges: the loss is above 10⁶, and above 10⁶ times
   *     the first one, for ten updates in a row. The update is not made. Unless bad data alone are
   *     the reason, the step goes back to its last good state: it is copied before the first
   *     update, after 1, 2, 4 … 64 more, and then after every 100 more, if the loss and the
   *     gradient are finite then and the mean loss since the copy before is at most twice the
   *     smallest such mean. Where there are validation data, the parameters that were judged best
   *     follow
   * @throws IllegalStateException when run a second time, or where batches are to be accumulated
   *     and truncated
   * @throws UncheckedIOException where a checkpoint cannot be read, or written: the disk is full,
   *     for example. The last one that could be is whole
   */
  public History run(Supplier<? extends Iterable<Batch>> data) {
    return run(given(data, "data"), false);
  }

  private History run(Supplier<? extends Iterable<Batch>> data, boolean endless) {
    checkState(!started, "a trainer runs once: make another one for the step to go on");
    checkState(
        truncated == null || accumulated == 1,
        "an update is made of several batches or of a part of one, and not of both: leave out"
            + " accumulate(%s) or truncated(...)",
        accumulated);
    Updating updating = truncated == null ? new WholeBatches(accumulated) : truncated;
    validation.check(() -> step.checkpoint().keySet());
    started = true;
    return new TrainingRun(step, limits.said(), validation, updating, listeners, stop, saving)
        .run(data, endless);
  }

  /**
   * Trains on batches that are made one by one, without end: {@link #run} with all of them in one
   * epoch.
   *
   * @throws IllegalStateException unless updates or time are limited
   */
  public History generate(Supplier<Batch> source) {
    checkState(
        limits.updates() != Limits.NONE || limits.nanos() != Limits.NONE,
        "batches without end need an end of training: updates(...) or time(...)");
    if (given(source, "source of batches") instanceof Resumable part) {
      remember("batches", part);
    }
    return run(() -> () -> new Generated(source), true);
  }

  private static <T> T given(T part, String what) {
    return checkNotNull(part, "a trainer was given null as its %s", what);
  }
}
