package dev.rnn4j.train.internal.run;

import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.step.GuardedEngine;
import java.util.Map;

/**
 * The last good state of a training, to go back to where numbers stop being numbers: copied before
 * the first update, after 1, 2, 4 … 64 more, and then after every 100 more, if loss and gradient
 * are finite and the mean loss since the copy before is at most twice the smallest such mean.
 */
public final class LastGood {
  private static final long MOST_BETWEEN = 100;

  private final GuardedEngine step;
  private Map<String, Tensor> state;
  private long updates;
  private long between = 1;
  private long count;
  private double sum;
  private double smallest = Double.POSITIVE_INFINITY;

  public LastGood(GuardedEngine step) {
    this.step = step;
  }

  /**
   * Hears of a finite loss, whose gradient is finite, before the update by it is made.
   *
   * @param counts whether anything counted in it: a loss of nothing is 0, and tells nothing
   */
  public void beforeUpdate(double loss, boolean counts) {
    if (state == null) {
      copy();
    } else if (count == between) {
      double mean = sum / count;
      if (mean <= smallest + Math.abs(smallest)) {
        copy();
      }
      smallest = Math.min(smallest, mean);
      between = Math.min(2 * between, MOST_BETWEEN);
      count = 0;
      sum = 0;
    }
    if (counts) {
      sum += loss;
      count++;
    }
  }

  private void copy() {
    state = step.checkpoint();
    updates = step.updates();
  }

  /** Goes back, where there is a state to go back to; returns what was done, for a person. */
  public String restore() {
    if (state == null) {
      return "";
    }
    step.restore(state);
    return "; the step is back in its last good state, of " + updates + " updates";
  }
}
