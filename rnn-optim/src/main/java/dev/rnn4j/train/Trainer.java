package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;
import static com.google.common.base.Preconditions.checkState;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/**
 * The loop around a training step: epochs over batches, listeners, a history; with validation data,
 * the best parameters are kept and training can stop early.
 *
 * <pre>{@code
 * History history = Trainer.of(step).epochs(50).validation(() -> later, 5).run(() -> batches);
 * }</pre>
 *
 * <p>{@link #stop}, from any thread, ends training after the update under way; {@link
 * StopOnInterrupt} does so for Ctrl-C.
 */
public final class Trainer {
  private final TrainingStep step;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final List<UpdateResult> updates = new ArrayList<>();
  private final List<EpochResult> epochs = new ArrayList<>();
  private int epochLimit = 1;
  private int patience = Integer.MAX_VALUE;
  private Supplier<? extends Iterable<Batch>> validation;
  private volatile boolean stopped;
  private boolean started;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch;
  private Map<String, Tensor> bestValues;

  private Trainer(TrainingStep step) {
    this.step = step;
  }

  /** Returns a trainer for a step. */
  public static Trainer of(TrainingStep step) {
    return new Trainer(step);
  }

  /** Sets the number of epochs; 1 unless set. */
  public Trainer epochs(int count) {
    checkArgument(count >= 0, "%s is no number of epochs", count);
    epochLimit = count;
    return this;
  }

  /** Adds a listener; listeners are called in the order of being added. */
  public Trainer listener(TrainingListener listener) {
    listeners.add(listener);
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
   * Judges every epoch by the loss on other data. At the end the parameters of the best epoch are
   * restored; training stops after {@code newPatience} epochs without a better one.
   */
  public Trainer validation(Supplier<? extends Iterable<Batch>> data, int newPatience) {
    checkArgument(newPatience > 0, "a patience of %s epochs is not above 0", newPatience);
    validation = checkNotNull(data, "validation data");
    patience = newPatience;
    return this;
  }

  /**
   * Ends training after the update under way; from any thread. A trainer that has been stopped
   * stays so: where it has not begun yet, it makes no update.
   */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains. Of an epoch during which training is stopped, the updates count, and the history has
   * them; the epoch is not judged.
   *
   * @param data the batches of an epoch, asked for anew for each: a place to shuffle
   * @throws IllegalArgumentException where an epoch or the validation data have no batches
   * @throws ArithmeticException where the loss or a gradient is NaN or infinite. The update is not
   *     made, and the parameters of the best epoch so far are restored: on the validation data, or
   *     on the training data where there are no others
   * @throws IllegalStateException when run a second time
   */
  public History run(Supplier<? extends Iterable<Batch>> data) {
    checkState(!started, "a trainer runs once: make another one for the step to go on");
    started = true;
    listeners.forEach(listener -> listener.onStart(epochLimit));
    History.Ending ending = History.Ending.FAILED;
    History history;
    try {
      ending = runEpochs(data);
    } finally {
      restoreBest(ending);
      history = new History(updates, epochs, ending);
      for (TrainingListener listener : listeners) {
        listener.onEnd(history);
      }
    }
    return history;
  }

  private History.Ending runEpochs(Supplier<? extends Iterable<Batch>> data) {
    for (int epoch = 1; epochs.size() < epochLimit && !stopped; epoch++) {
      if (epoch - bestEpoch > patience) {
        return History.Ending.STOPPED_EARLY;
      }
      runEpoch(epoch, data.get());
    }
    return stopped ? History.Ending.STOPPED : History.Ending.FINISHED;
  }

  private void runEpoch(int epoch, Iterable<Batch> batches) {
    LossMeans loss = new LossMeans();
    double norms = 0;
    int count = 0;
    for (Batch batch : batches) {
      UpdateResult update = runUpdate(epoch, batch);
      updates.add(update);
      listeners.forEach(listener -> listener.onUpdate(update));
      if (stopped) {
        return;
      }
      step.addTo(loss);
      norms += update.gradientNorm();
      count++;
    }
    checkArgument(count > 0, "epoch %s has no batches", epoch);
    double validationLoss = validation == null ? Double.NaN : validate();
    if (stopped) {
      return;
    }
    boolean best = judge(epoch, validation == null ? loss.total() : validationLoss);
    EpochResult result =
        new EpochResult(epoch, count, loss.total(), norms / count, validationLoss, best);
    epochs.add(result);
    listeners.forEach(listener -> listener.onEpoch(result));
  }

  private UpdateResult runUpdate(int epoch, Batch batch) {
    double loss = step.compute(batch);
    double norm = step.gradientNorm();
    long number = step.updates();
    if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
      throw new ArithmeticException(
          (Double.isFinite(loss) ? "the norm of the gradient is " + norm : "the loss is " + loss)
              + " at update "
              + number
              + ", in epoch "
              + epoch
              + ": try a smaller learning rate or Clip.byGlobalNorm(1), look for NaN in the data,"
              + " or run with -Drnn.checks=nan to learn where it begins");
    }
    double rate = step.rate();
    step.update();
    return new UpdateResult(epoch, number, loss, norm, rate);
  }

  /** Returns the mean loss on the validation data, of no meaning when stopped meanwhile. */
  private double validate() {
    LossMeans loss = new LossMeans();
    for (Batch batch : validation.get()) {
      if (stopped) {
        return Double.NaN;
      }
      step.evaluate(batch, loss);
    }
    checkArgument(!loss.isEmpty(), "the validation data have no batches");
    if (!Double.isFinite(loss.total())) {
      throw new ArithmeticException(
          "the loss on the validation data is "
              + loss.total()
              + ": look for NaN in them, or try a smaller learning rate");
    }
    return loss.total();
  }

  private boolean judge(int epoch, double loss) {
    if (loss >= bestLoss) {
      return false;
    }
    bestLoss = loss;
    bestEpoch = epoch;
    bestValues = step.weights().values(step.model());
    return true;
  }

  private void restoreBest(History.Ending ending) {
    boolean wanted = validation != null || ending == History.Ending.FAILED;
    if (wanted && bestValues != null) {
      step.weights().setAll(step.model(), bestValues);
    }
  }
}
