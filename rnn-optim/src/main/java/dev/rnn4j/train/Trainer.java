package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;
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
 * <p>{@link #stop}, from any thread, ends training after the update under way.
 */
public final class Trainer {
  private final ModelStep step;
  private final List<TrainingListener> listeners = new ArrayList<>();
  private final List<UpdateResult> updates = new ArrayList<>();
  private final List<EpochResult> epochs = new ArrayList<>();
  private int epochLimit = 1;
  private int patience = Integer.MAX_VALUE;
  private Supplier<? extends Iterable<Batch>> validation;
  private volatile boolean stopped;
  private double bestLoss = Double.POSITIVE_INFINITY;
  private int bestEpoch = -1;
  private Map<String, Tensor> bestValues;

  private Trainer(ModelStep step) {
    this.step = step;
  }

  /** Returns a trainer for a step. */
  public static Trainer of(ModelStep step) {
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
   * restored; training stops after {@code newPatience} epochs without a better one.
   */
  public Trainer validation(Supplier<? extends Iterable<Batch>> data, int newPatience) {
    checkArgument(newPatience > 0, "a patience of %s epochs is not above 0", newPatience);
    validation = data;
    patience = newPatience;
    return this;
  }

  /** Ends training after the update under way; from any thread. */
  public void stop() {
    stopped = true;
  }

  /**
   * Trains.
   *
   * @param data the batches of an epoch, asked for anew for each: a place to shuffle
   * @throws IllegalArgumentException where an epoch has no batches
   * @throws ArithmeticException where the loss is NaN or infinite; the best parameters so far are
   *     restored
   */
  public History run(Supplier<? extends Iterable<Batch>> data) {
    History.Ending ending = History.Ending.FINISHED;
    try {
      for (int epoch = 0; epoch < epochLimit; epoch++) {
        EpochResult result = epoch(epoch, data.get());
        if (stopped) {
          ending = History.Ending.STOPPED;
          break;
        }
        epochs.add(result);
        listeners.forEach(listener -> listener.onEpoch(result));
        if (epoch - bestEpoch >= patience) {
          ending = History.Ending.STOPPED_EARLY;
          break;
        }
      }
    } finally {
      if (bestValues != null) {
        step.weights().setAll(step.model(), bestValues);
      }
    }
    return new History(updates, epochs, ending);
  }

  private EpochResult epoch(int epoch, Iterable<Batch> batches) {
    double sum = 0;
    double norms = 0;
    long sequences = 0;
    long count = 0;
    for (Batch batch : batches) {
      double loss = step.run(batch);
      checkFinite(loss);
      UpdateResult update = new UpdateResult(epoch, step.updates() - 1, loss, step.gradientNorm());
      updates.add(update);
      listeners.forEach(listener -> listener.onUpdate(update));
      int n = batch.sequences();
      sum += loss * n;
      norms += update.gradientNorm();
      sequences += n;
      count++;
      if (stopped) {
        break;
      }
    }
    checkArgument(count > 0, "epoch %s has no batches", epoch);
    double loss = sum / sequences;
    double validationLoss = validation == null || stopped ? Double.NaN : mean(validation.get());
    double judged = validation == null ? loss : validationLoss;
    boolean best = judged < bestLoss;
    if (best) {
      bestLoss = judged;
      bestEpoch = epoch;
      bestValues = validation == null ? null : step.weights().values(step.model());
    }
    return new EpochResult(epoch, count, loss, norms / count, validationLoss, best);
  }

  private void checkFinite(double loss) {
    if (!Double.isFinite(loss)) {
      throw new ArithmeticException(
          "the loss is "
              + loss
              + " at update "
              + (step.updates() - 1)
              + ": try a smaller learning rate or Clip.byGlobalNorm(1), look for NaN in the data, or"
              + " run with -Drnn.checks=nan to learn where it begins");
    }
  }

  private double mean(Iterable<Batch> batches) {
    double sum = 0;
    long sequences = 0;
    for (Batch batch : batches) {
      sum += step.evaluate(batch.inputs(), batch.targets()) * batch.sequences();
      sequences += batch.sequences();
    }
    checkState(sequences > 0, "the validation data have no batches");
    return sum / sequences;
  }
}
