package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.function.Supplier;

/** One run of a {@link Trainer}, by one thread. */
final class TrainingRun implements Training {
  private final TrainingStep step;
  private final Limits limits;
  private final Validation validation;
  private final Updating updating;
  private final List<TrainingListener> listeners;
  private final StopSign stop;
  private final Soundness soundness = new Soundness();
  private final LastGood lastGood;

  private final List<UpdateResult> updates = new ArrayList<>();
  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<ValidationResult> validations = new ArrayList<>();
  private final long start = System.nanoTime();

  private int epoch;
  private long updatesOfEpoch;

  /** Updates of the epoch under way. */
  private long inEpoch;

  private LossMeans loss;
  private double norms;

  private double best = Double.POSITIVE_INFINITY;

  /** The parameters judged best on the validation data, or null. */
  private Map<String, Tensor> bestValues;

  /** Looks, or epochs where nobody looks, since the best one. */
  private int worse;

  /** The number of updates at the last look. */
  private long looked = -1;

  TrainingRun(
      TrainingStep step,
      Limits limits,
      Validation validation,
      Updating updating,
      List<TrainingListener> listeners,
      StopSign stop) {
    this.step = step;
    this.limits = limits;
    this.validation = validation;
    this.updating = updating;
    this.listeners = listeners;
    this.stop = stop;
    this.lastGood = new LastGood(step);
  }

  History run(Supplier<? extends Iterable<Batch>> data) {
    updating.check(step);
    listeners.forEach(listener -> listener.onStart(this));
    History.Ending ending = History.Ending.FAILED;
    History history;
    try {
      ending = runEpochs(data);
    } finally {
      restoreBest();
      history = history(ending);
      for (TrainingListener listener : listeners) {
        listener.onEnd(history);
      }
    }
    return history;
  }

  private History.Ending runEpochs(Supplier<? extends Iterable<Batch>> data) {
    while (epochs.size() < limits.epochs() && !isOver()) {
      if (outOfPatience()) {
        return History.Ending.STOPPED_EARLY;
      }
      epoch++;
      runEpoch(data.get());
    }
    return stop.isSet() ? History.Ending.STOPPED : History.Ending.FINISHED;
  }

  private boolean isOver() {
    return stop.isSet() || limits.end(updates.size(), System.nanoTime() - start);
  }

  private boolean outOfPatience() {
    return worse >= validation.patience();
  }

  private void runEpoch(Iterable<Batch> batches) {
    loss = new LossMeans();
    norms = 0;
    inEpoch = 0;
    int before = validations.size();
    Iterator<Batch> iterator = batches.iterator();
    checkArgument(iterator.hasNext(), "epoch %s has no batches", epoch);
    updating.train(step, iterator, this::update);
    if (stop.isSet()) {
      return;
    }
    boolean last = epochs.size() + 1 == limits.epochs() || isOver();
    boolean due = validation.isDueAfterEpoch(epoch) || last && validation.isGiven();
    if (due && looked != updates.size()) {
      look();
      if (stop.isSet()) {
        return;
      }
    }
    finishEpoch(validations.subList(before, validations.size()));
  }

  private void finishEpoch(List<ValidationResult> looks) {
    boolean better = looks.stream().anyMatch(ValidationResult::best);
    if (!validation.isGiven()) {
      step.settings().schedule().observe(step.updates() - 1, loss.total());
      better = judge(loss.total(), null);
    }
    double validationLoss = looks.isEmpty() ? Double.NaN : looks.get(looks.size() - 1).loss();
    EpochResult result =
        new EpochResult(epoch, inEpoch, loss.total(), norms / inEpoch, validationLoss, better);
    updatesOfEpoch = inEpoch;
    inEpoch = 0;
    epochs.add(result);
    listeners.forEach(listener -> listener.onEpoch(result));
  }

  /** Makes an update; returns whether another one may follow. */
  private boolean update(Updating.Update update) {
    double value = update.compute();
    double norm = step.gradientNorm();
    long number = step.updates();
    boolean finite = Double.isFinite(value) && Double.isFinite(norm);
    soundness.fault(value, norm).ifPresent(fault -> fail(fault, finite, number, update.batches()));
    lastGood.beforeUpdate(value);
    step.addTo(loss);
    norms += norm;
    double rate = step.rate();
    step.update();
    UpdateResult result = new UpdateResult(epoch, number, value, norm, rate);
    updates.add(result);
    inEpoch++;
    for (TrainingListener listener : listeners) {
      listener.onUpdate(result);
    }
    if (validation.isDueAfterUpdate(updates.size()) && !stop.isSet()) {
      look();
    }
    return !isOver() && !outOfPatience();
  }

  /** Ends training: where the data are bad, in the state before; else in the last good one. */
  private void fail(String fault, boolean finite, long number, Batch... batches) {
    String message = fault + " at update " + number + ", in epoch " + epoch;
    if (finite) {
      throw new ArithmeticException(message + NaNSearch.CURE + lastGood.restore());
    }
    NaNSearch.Found found = NaNSearch.in(step, batches);
    String restored = found.inData() ? "" : lastGood.restore();
    throw new ArithmeticException(message + ": " + found.text() + restored);
  }

  /** Looks at the validation data. */
  private void look() {
    Validation.Found found = validation.look(step, stop::isSet);
    if (found == null) {
      return;
    }
    looked = updates.size();
    step.settings().schedule().observe(step.updates() - 1, validation.judged(found));
    boolean better = judge(validation.smallIsGood(found), found.values());
    ValidationResult result =
        new ValidationResult(epoch, looked, found.loss(), found.metrics(), better);
    validations.add(result);
    listeners.forEach(listener -> listener.onValidation(result));
  }

  private boolean judge(double judged, Map<String, Tensor> values) {
    if (!(judged < best)) {
      worse++;
      return false;
    }
    worse = 0;
    best = judged;
    bestValues = values;
    return true;
  }

  private void restoreBest() {
    if (bestValues != null) {
      step.weights().setAll(step.model(), bestValues);
    }
  }

  private History history(History.Ending ending) {
    return new History(updates, epochs, validations, ending);
  }

  // ---------------------------------------------------------------- for listeners

  @Override
  public TrainingStep step() {
    return step;
  }

  @Override
  public int epoch() {
    return epoch;
  }

  @Override
  public int epochLimit() {
    return limits.shownEpochs();
  }

  @Override
  public long updates() {
    return updates.size();
  }

  @Override
  public long updateLimit() {
    return limits.shownUpdates();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(System.nanoTime() - start);
  }

  @Override
  public OptionalDouble part() {
    double inside =
        inEpoch == 0
            ? 0
            : updatesOfEpoch == 0 ? Double.NaN : Math.min(1, (double) inEpoch / updatesOfEpoch);
    return limits.part(epochs.size() + inside, updates.size(), System.nanoTime() - start);
  }

  @Override
  public History history() {
    return history(History.Ending.UNDER_WAY);
  }

  @Override
  public void stop() {
    stop.set();
  }
}
