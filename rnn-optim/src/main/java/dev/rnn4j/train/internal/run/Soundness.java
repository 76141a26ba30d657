package dev.rnn4j.train.internal.run;

import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.saved.Columns;
import java.util.Map;
import java.util.Optional;

/**
 * Whether the numbers of a training are sound: finite, and not far beyond those that it began with.
 */
public final class Soundness implements Resumable {
  /** The loss may be so many times the first one, and at least so large. */
  private static final double FAR = 1e6;

  /** A loss out of all bounds for so many updates in a row is not an outlier of the data. */
  private static final int IN_A_ROW = 10;

  private static final String STATE = "seen";

  private double first = Double.NaN;
  private int far;

  /**
   * Returns what is wrong with an update's loss and gradient, if anything is.
   *
   * @param counts whether anything counted in it: a loss of nothing is 0, and tells nothing
   */
  public Optional<String> fault(double loss, double norm, boolean counts) {
    if (!Double.isFinite(loss)) {
      return Optional.of("the loss is " + loss);
    }
    if (!Double.isFinite(norm)) {
      return Optional.of("the norm of the gradient is " + norm);
    }
    if (!counts) {
      return Optional.empty();
    }
    if (Double.isNaN(first)) {
      first = Math.abs(loss);
    }
    boolean isFar = loss > FAR && loss > FAR * first;
    far = isFar ? far + 1 : 0;
    return far < IN_A_ROW
        ? Optional.empty()
        : Optional.of("training diverges: the loss was " + first + " at first, and is " + loss);
  }

  @Override
  public Map<String, Tensor> state() {
    return Map.of(STATE, Tensor.of(first, far));
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    double[] numbers = Columns.numbers(state, STATE, 2);
    first = numbers[0];
    far = (int) numbers[1];
  }
}
