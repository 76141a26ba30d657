package dev.rnn4j.report;

import dev.rnn4j.train.EpochResult;
import dev.rnn4j.train.History;
import dev.rnn4j.train.TrainingListener;
import dev.rnn4j.train.UpdateResult;
import dev.rnn4j.train.ValidationResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Histories for the tests. */
final class Histories {
  private Histories() {}

  /** Two epochs of two updates, the second one judged the best. */
  static History small(boolean validated) {
    double none = Double.NaN;
    return new History(
        List.of(
            new UpdateResult(1, 0, 4, 2, 0.1),
            new UpdateResult(1, 1, 2, 1.5, 0.1),
            new UpdateResult(2, 2, 1, 1, 0.05),
            new UpdateResult(2, 3, 0.5, 0.5, 0.05)),
        List.of(
            new EpochResult(1, 2, 3, 1.75, validated ? 2.5 : none, true),
            new EpochResult(2, 2, 0.75, 0.75, validated ? 1.25 : none, true)),
        History.Ending.FINISHED);
  }

  /** The same without looks, as far as it was known after its last update. */
  static History beforeTheEnd() {
    History small = small(false);
    return new History(
        small.updates(), small.epochs().subList(0, 1), List.of(), History.Ending.UNDER_WAY);
  }

  /** A history as of a training that overfits after a while. */
  static History overfitting(int epochs) {
    List<UpdateResult> updates = new ArrayList<>();
    List<EpochResult> results = new ArrayList<>();
    double best = Double.POSITIVE_INFINITY;
    for (int epoch = 0; epoch < epochs; epoch++) {
      double loss = 0.02 + 2 * Math.exp(-epoch / 6.0);
      double validation = loss + 0.03 + 0.00004 * epoch * epoch;
      double norm = 3 * Math.exp(-epoch / 15.0) * (1.2 + Math.sin(epoch));
      updates.add(new UpdateResult(epoch + 1, epoch, loss, norm, 0.1));
      results.add(new EpochResult(epoch + 1, 1, loss, norm, validation, validation < best));
      best = Math.min(best, validation);
    }
    return new History(updates, results, History.Ending.STOPPED_EARLY);
  }

  /** Two epochs of two updates, with a look after the first, second and fourth, and a metric. */
  static History lookedWithin() {
    History small = small(true);
    return new History(
        small.updates(),
        small.epochs(),
        List.of(
            new ValidationResult(1, 1, 3, Map.of("accuracy", 0.25), true),
            new ValidationResult(1, 2, 2.5, Map.of("accuracy", 0.5), true),
            new ValidationResult(2, 4, 1.25, Map.of("accuracy", 1.0), true)),
        History.Ending.FINISHED);
  }

  /** Tells a listener of a history, as a trainer does. */
  static void replay(History history, TrainingListener listener) {
    Under training = new Under(history.epochs().size(), 0);
    listener.onStart(training);
    int updates = 0;
    for (EpochResult epoch : history.epochs()) {
      double part = (double) epoch.epoch() / history.epochs().size();
      for (int i = 0; i < epoch.updates(); i++) {
        training.at(epoch.epoch(), ++updates, part);
        listener.onUpdate(history.updates().get(updates - 1));
      }
      if (!Double.isNaN(epoch.validationLoss())) {
        listener.onValidation(
            new ValidationResult(
                epoch.epoch(), updates, epoch.validationLoss(), Map.of(), epoch.best()));
      }
      listener.onEpoch(epoch);
    }
    listener.onEnd(history);
  }
}
