package dev.rnn4j.contract;

import dev.rnn4j.tensor.Tensor;
import java.util.Optional;

/** Where two tensors differ. */
final class Difference {
  private Difference() {}

  /**
   * Returns where tensors of one shape differ by more than a part of the largest expected value, or
   * of 1; for a tolerance of 0 in any bit.
   */
  static Optional<String> of(Tensor expected, Tensor actual, double tolerance) {
    double largest = 1;
    for (double value : expected.toDoubles()) {
      largest = Double.isNaN(value) ? largest : Math.max(largest, Math.abs(value));
    }
    for (int i = 0; i < expected.shape().elements(); i++) {
      double a = expected.at(i);
      double b = actual.at(i);
      boolean same = Double.doubleToLongBits(a) == Double.doubleToLongBits(b);
      if (!same && !(tolerance > 0 && Math.abs(a - b) <= tolerance * largest)) {
        return Optional.of(
            "at "
                + position(expected, i)
                + " is "
                + b
                + " instead of "
                + a
                + " in "
                + actual.precision());
      }
    }
    return Optional.empty();
  }

  /** Returns an index as it is written: {@code [2, 0, 1]}. */
  private static String position(Tensor tensor, int position) {
    StringBuilder text = new StringBuilder();
    int rest = position;
    for (int axis = tensor.shape().rank() - 1; axis >= 0; axis--) {
      int size = tensor.shape().size(axis);
      text.insert(0, (axis == 0 ? "" : ", ") + rest % size);
      rest /= size;
    }
    return "[" + text + "]";
  }
}
