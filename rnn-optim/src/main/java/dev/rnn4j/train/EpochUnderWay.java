package dev.rnn4j.train;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import dev.rnn4j.train.internal.step.LossMeans;
import java.util.LinkedHashMap;
import java.util.Map;

/** The epoch under way, and what has been added up in it. */
final class EpochUnderWay implements Resumable {
  private static final String LOSS = "loss/";

  private int number;
  private boolean open;
  private long updates;
  private long updatesBefore;
  private double norms;
  private int firstLook;
  private LossMeans loss = new LossMeans();

  /** Begins the next epoch, after so many looks at the validation data. */
  void begin(int looks) {
    number++;
    open = true;
    loss = new LossMeans();
    norms = 0;
    updates = 0;
    firstLook = looks;
  }

  /** Counts an update, whose losses the step has. */
  void add(TrainingStep step, double norm) {
    step.engine.addTo(loss);
    norms += norm;
  }

  /** Counts the update as made. */
  void count() {
    updates++;
  }

  /** Ends the epoch. */
  EpochResult end(double validationLoss, boolean best) {
    EpochResult result =
        new EpochResult(number, updates, loss.total(), norms / updates, validationLoss, best);
    updatesBefore = updates;
    updates = 0;
    open = false;
    return result;
  }

  /** Returns the number of the epoch, from 1. */
  int number() {
    return number;
  }

  /** Returns whether it has begun and not ended. */
  boolean isOpen() {
    return open;
  }

  /** Returns whether an update was made in it. */
  boolean hasUpdates() {
    return updates > 0;
  }

  /** Returns the number of looks before it. */
  int firstLook() {
    return firstLook;
  }

  /** Returns the loss over all of it so far. */
  double loss() {
    return loss.total();
  }

  /** Returns how much of it is done, judged by the epoch before, or NaN where there is none. */
  double part() {
    if (updates == 0) {
      return 0;
    }
    return updatesBefore == 0 ? Double.NaN : Math.min(1, (double) updates / updatesBefore);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    state.put("counts", Tensor.of(number, open ? 1 : 0, updates, updatesBefore, norms, firstLook));
    loss.state().forEach((name, tensor) -> state.put(LOSS + name, tensor));
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    double[] counts = Columns.numbers(state, "counts", 6);
    LossMeans newLoss = new LossMeans();
    newLoss.restore(Columns.under(LOSS, state));
    loss = newLoss;
    number = (int) counts[0];
    open = counts[1] == 1;
    updates = (long) counts[2];
    updatesBefore = (long) counts[3];
    norms = counts[4];
    firstLook = (int) counts[5];
  }
}
