package dev.rnn4j.train;

import dev.rnn4j.checkpoint.Checkpoints;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.NaNSearch;
import dev.rnn4j.train.internal.graph.Settings;
import dev.rnn4j.train.internal.run.Best;
import dev.rnn4j.train.internal.run.DataPosition;
import dev.rnn4j.train.internal.run.LastGood;
import dev.rnn4j.train.internal.run.Limits;
import dev.rnn4j.train.internal.run.RunSettings;
import dev.rnn4j.train.internal.run.Saving;
import dev.rnn4j.train.internal.run.Soundness;
import dev.rnn4j.train.internal.run.StopSign;
import dev.rnn4j.train.internal.run.Updating;
import dev.rnn4j.train.internal.run.Validation;
import dev.rnn4j.train.internal.run.Watch;
import dev.rnn4j.train.internal.saved.Columns;
import dev.rnn4j.train.internal.saved.Parts;
import java.time.Duration;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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

  private final Findings found = new Findings();
  private final EpochUnderWay epoch = new EpochUnderWay();
  private final Best best = new Best();
  private final Watch watch = new Watch();
  private final Saving saving;

  /** Null where the run is not saved. */
  private SavedTraining saved;

  private DataPosition position;

  /** The number of updates at the last look. */
  private long looked = -1;

  /** Whether somebody stopped the run within a look, which it would have to make again. */
  private boolean cut;

  TrainingRun(
      TrainingStep step,
      Limits limits,
      Validation validation,
      Updating updating,
      List<TrainingListener> listeners,
      StopSign stop,
      Saving saving) {
    this.step = step;
    this.limits = limits;
    this.validation = validation;
    this.updating = updating;
    this.listeners = listeners;
    this.stop = stop;
    this.lastGood = new LastGood(step.engine);
    this.saving = saving;
  }

  /**
   * Trains.
   *
   * @param endless whether there is one epoch, without end
   */
  History run(Supplier<? extends Iterable<Batch>> data, boolean endless) {
    updating.check(step.engine);
    position = new DataPosition(data, saving.source(), endless, saving.isWanted());
    saved = saving.checkpoints().map(this::saved).orElse(null);
    try {
      return train();
    } finally {
      if (saved != null) {
        saved.close();
      }
    }
  }

  private SavedTraining saved(Checkpoints checkpoints) {
    Parts parts =
        new Parts()
            .add("history", found)
            .add("epoch", epoch)
            .add("best", best)
            .add("data", position)
            .add("updating", updating)
            .add("soundness", soundness)
            .add("clock", Resumable.of(this::clock, this::setClock));
    for (TrainingListener listener : listeners) {
      if (listener instanceof Resumable part) {
        parts.add(listener.getClass().getSimpleName(), part);
      }
    }
    return SavedTraining.open(
        checkpoints,
        saving.goesOn(),
        step,
        RunSettings.of(step.engine, updating, validation),
        parts);
  }

  /** What the next update knows of time: nothing at the end, unless time is what ended it. */
  private Map<String, Tensor> clock() {
    boolean counts = epoch.isOpen() || limits.nanos() != Limits.NONE;
    return Map.of(
        "elapsed", Tensor.scalar(counts ? watch.nanos() : 0), "looked", Tensor.scalar(looked));
  }

  private void setClock(Map<String, Tensor> state) {
    looked = (long) Columns.number(state, "looked");
    watch.goOnFrom((long) Columns.number(state, "elapsed"));
  }

  private History train() {
    listeners.forEach(listener -> listener.onStart(this));
    History.Ending ending = History.Ending.FAILED;
    History history;
    try {
      ending = runEpochs();
      save(ending);
    } finally {
      position.close();
      restoreBest();
      history = found.history(ending);
      for (TrainingListener listener : listeners) {
        listener.onEnd(history);
      }
    }
    if (saved != null && ending != History.Ending.STOPPED) {
      saved.saveModel();
    }
    return history;
  }

  private History.Ending runEpochs() {
    if (epoch.isOpen()) {
      runEpoch();
    }
    while (found.epochs() < limits.epochs() && !isOver()) {
      if (outOfPatience()) {
        return History.Ending.STOPPED_EARLY;
      }
      epoch.begin(found.validations());
      runEpoch();
    }
    return stop.isSet() ? History.Ending.STOPPED : History.Ending.FINISHED;
  }

  /** Saves what the end, or somebody's wish to stop, has come to. */
  private void save(History.Ending ending) {
    if (saved != null && ending != History.Ending.STOPPED) {
      saved.end();
    } else if (saved != null && !cut) {
      saved.save();
    }
  }

  private boolean isOver() {
    return stop.isSet() || limits.end(found.updates(), watch.nanos());
  }

  private boolean outOfPatience() {
    return best.worse() >= validation.patience();
  }

  /** Runs the epoch that is open, or what is left of it. */
  private void runEpoch() {
    Iterator<Batch> batches = position.open(epoch.number());
    lookWhereDue(); // where training was stopped before it did
    if (!epoch.hasUpdates() || !isOver() && !outOfPatience()) {
      updating.train(step.engine, batches, sink);
    }
    if (stop.isSet()) {
      return;
    }
    boolean last = found.epochs() + 1 == limits.epochs() || isOver();
    boolean due = validation.isDueAfterEpoch(epoch.number()) || last && validation.isGiven();
    if (due && looked != found.updates()) {
      look();
      if (stop.isSet()) {
        return;
      }
    }
    finishEpoch(found.validationsFrom(epoch.firstLook()));
    if (saved != null) {
      saved.rest();
    }
  }

  private void finishEpoch(List<ValidationResult> looks) {
    boolean better = looks.stream().anyMatch(ValidationResult::best);
    if (!validation.isGiven()) {
      step.engine.settings().schedule().observe(step.updates() - 1, epoch.loss());
      better = best.judge(epoch.loss(), null);
    }
    double validationLoss = looks.isEmpty() ? Double.NaN : looks.get(looks.size() - 1).loss();
    EpochResult result = epoch.end(validationLoss, better);
    position.end();
    updating.endEpoch();
    found.add(result);
    listeners.forEach(listener -> listener.onEpoch(result));
  }

  private final Updating.Sink sink =
      new Updating.Sink() {
        @Override
        public boolean update(Updating.Update update) {
          return TrainingRun.this.update(update);
        }

        @Override
        public void rest(int unfinished) {
          position.rest(unfinished);
          if (saved != null && !cut) {
            saved.rest();
          }
        }
      };

  /** Makes an update; returns whether another one may follow. */
  private boolean update(Updating.Update update) {
    double value = update.compute();
    double norm = step.gradientNorm();
    long number = step.updates();
    boolean counts = step.engine.counts();
    Optional<String> fault = soundness.fault(value, norm, counts);
    if (fault.isPresent()) {
      throw failed(
          fault.get() + " at update " + number + ", in epoch " + epoch.number(),
          value,
          norm,
          update.batches());
    }
    lastGood.beforeUpdate(value, counts);
    epoch.add(step, norm);
    double rate = step.rate();
    step.update();
    UpdateResult result = new UpdateResult(epoch.number(), number, value, norm, rate);
    found.add(result);
    epoch.count();
    for (TrainingListener listener : listeners) {
      listener.onUpdate(result);
    }
    lookWhereDue();
    return !isOver() && !outOfPatience();
  }

  /**
   * Returns the error that ends training: where the data are bad, in the state before; else in the
   * last good one.
   */
  private ArithmeticException failed(String message, double loss, double norm, Batch... batches) {
    if (Double.isFinite(loss) && Double.isFinite(norm)) {
      return new ArithmeticException(message + NaNSearch.CURE + lastGood.restore());
    }
    Settings settings = step.engine.settings();
    int firstStep =
        settings.carries()
            ? step.engine.statesStep() - Arrays.stream(batches).mapToInt(Batch::steps).sum()
            : 0;
    NaNSearch.Found cause =
        NaNSearch.in(settings, !Double.isFinite(loss), step.updates(), firstStep, batches);
    String restored = cause.inData() ? "" : lastGood.restore();
    return new ArithmeticException(message + ": " + cause.text() + restored);
  }

  /** Looks at the validation data, where that is due after the last update and not yet done. */
  private void lookWhereDue() {
    long updates = found.updates();
    if (validation.isDueAfterUpdate(updates) && looked != updates && !stop.isSet()) {
      look();
    }
  }

  /** Looks at the validation data. */
  private void look() {
    Validation.Found seen = validation.look(step.engine, stop::isSet);
    if (seen == null) {
      cut = true;
      return;
    }
    looked = found.updates();
    step.engine.settings().schedule().observe(step.updates() - 1, validation.judged(seen));
    boolean better = best.judge(validation.smallIsGood(seen), seen.values());
    ValidationResult result =
        new ValidationResult(epoch.number(), looked, seen.loss(), seen.metrics(), better);
    found.add(result);
    listeners.forEach(listener -> listener.onValidation(result));
  }

  private void restoreBest() {
    if (best.values() != null) {
      step.weights().setAll(step.model(), best.values());
    }
  }

  // ---------------------------------------------------------------- for listeners

  @Override
  public TrainingStep step() {
    return step;
  }

  @Override
  public int epoch() {
    return epoch.number();
  }

  @Override
  public int epochLimit() {
    return limits.shownEpochs();
  }

  @Override
  public long updates() {
    return found.updates();
  }

  @Override
  public long updateLimit() {
    return limits.shownUpdates();
  }

  @Override
  public Duration elapsed() {
    return Duration.ofNanos(watch.nanos());
  }

  @Override
  public OptionalDouble part() {
    return limits.part(found.epochs() + epoch.part(), found.updates(), watch.nanos());
  }

  @Override
  public History history() {
    return found.history(History.Ending.UNDER_WAY);
  }

  @Override
  public void stop() {
    stop.set();
  }
}
