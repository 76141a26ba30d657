package dev.rnn4j.examples.reference;

import dev.rnn4j.tensor.Tensor;

/**
 * How far values lie from those expected, each difference relative to its tensor's largest value.
 */
final class Differences {
  private double largest;
  private String where = "";
  private int compared;

  /** Compares a tensor. */
  void compare(String name, Tensor expected, Tensor actual) {
    if (!expected.shape().equals(actual.shape())) {
      throw new BadCaseException(
          name + " is expected as " + expected.shape() + ", and is " + actual.shape());
    }
    double scale = 0;
    double difference = 0;
    for (int i = 0; i < expected.shape().elements(); i++) {
      double want = expected.at(i);
      scale = Double.isFinite(want) ? Math.max(scale, Math.abs(want)) : scale;
      difference = Math.max(difference, difference(want, actual.at(i)));
    }
    compared += expected.shape().elements();
    double relative = scale > 0 ? difference / scale : difference;
    if (where.isEmpty() || !(relative <= largest)) {
      largest = relative;
      where = name;
    }
  }

  /** Compares a number. */
  void compare(String name, double expected, double actual) {
    compare(name, Tensor.scalar(expected), Tensor.scalar(actual));
  }

  /** NaN and infinities equal themselves, and are infinitely far from all else. */
  private static double difference(double want, double got) {
    if (Double.compare(want, got) == 0) {
      return 0;
    }
    double difference = Math.abs(want - got);
    return Double.isNaN(difference) ? Double.POSITIVE_INFINITY : difference;
  }

  /** Returns the largest relative difference. */
  double largest() {
    return largest;
  }

  /** Returns the name of the tensor with the largest one. */
  String where() {
    return where;
  }

  /** Refuses a case that expects nothing. */
  void requireSome() {
    if (compared == 0) {
      throw new BadCaseException("the case expects no number");
    }
  }
}
