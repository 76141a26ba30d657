package dev.rnn4j.train;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What a run has found so far. */
final class Findings implements Resumable {
  private static final String UPDATES = "updates";
  private static final String EPOCHS = "epochs";
  private static final String VALIDATIONS = "validations";
  private static final String METRIC = "metric/";

  private final List<UpdateResult> updates = new ArrayList<>();
  private final List<EpochResult> epochs = new ArrayList<>();
  private final List<ValidationResult> validations = new ArrayList<>();

  void add(UpdateResult result) {
    updates.add(result);
  }

  void add(EpochResult result) {
    epochs.add(result);
  }

  void add(ValidationResult result) {
    validations.add(result);
  }

  int updates() {
    return updates.size();
  }

  int epochs() {
    return epochs.size();
  }

  int validations() {
    return validations.size();
  }

  /** Returns the looks from one on. */
  List<ValidationResult> validationsFrom(int first) {
    return validations.subList(first, validations.size());
  }

  History history(History.Ending ending) {
    return new History(updates, epochs, validations, ending);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put(
        UPDATES,
        Columns.of(
            updates,
            5,
            u -> new double[] {u.epoch(), u.update(), u.loss(), u.gradientNorm(), u.rate()}));
    state.put(
        EPOCHS,
        Columns.of(
            epochs,
            6,
            e ->
                new double[] {
                  e.epoch(),
                  e.updates(),
                  e.loss(),
                  e.gradientNorm(),
                  e.validationLoss(),
                  e.best() ? 1 : 0
                }));
    state.put(
        VALIDATIONS,
        Columns.of(
            validations,
            4,
            v -> new double[] {v.epoch(), v.updates(), v.loss(), v.best() ? 1 : 0}));
    if (!validations.isEmpty()) {
      for (String metric : validations.get(0).metrics().keySet()) {
        state.put(
            METRIC + metric,
            Columns.of(validations, 1, v -> new double[] {v.metrics().get(metric)}));
      }
    }
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    List<UpdateResult> newUpdates =
        Columns.records(
            state,
            UPDATES,
            5,
            row -> new UpdateResult((int) row[0], (long) row[1], row[2], row[3], row[4]));
    List<EpochResult> newEpochs =
        Columns.records(
            state,
            EPOCHS,
            6,
            row ->
                new EpochResult((int) row[0], (long) row[1], row[2], row[3], row[4], row[5] == 1));
    List<ValidationResult> newValidations = validations(state);
    updates.clear();
    updates.addAll(newUpdates);
    epochs.clear();
    epochs.addAll(newEpochs);
    validations.clear();
    validations.addAll(newValidations);
  }

  private static List<ValidationResult> validations(Map<String, Tensor> state) {
    List<double[]> rows = Columns.records(state, VALIDATIONS, 4, double[]::clone);
    List<ValidationResult> results = new ArrayList<>();
    for (int i = 0; i < rows.size(); i++) {
      Map<String, Double> metrics = new LinkedHashMap<>();
      for (Map.Entry<String, Tensor> entry : state.entrySet()) {
        if (entry.getKey().startsWith(METRIC)) {
          checkArgument(
              entry.getValue().shape().elements() == rows.size(),
              "the checkpoint has %s looks, and %s in shape %s",
              rows.size(),
              entry.getKey(),
              entry.getValue().shape());
          metrics.put(entry.getKey().substring(METRIC.length()), entry.getValue().at(i));
        }
      }
      double[] row = rows.get(i);
      results.add(new ValidationResult((int) row[0], (long) row[1], row[2], metrics, row[3] == 1));
    }
    return results;
  }
}
