package dev.rnn4j.examples.forecast;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Arrays of numbers. */
final class DoubleArrays {
  private DoubleArrays() {}

  static double[] map(double[] values, DoubleUnaryOperator function) {
    return DoubleStream.of(values).map(function).toArray();
  }

  /** Returns the mean of the values that are not NaN, NaN where there are none. */
  static double mean(double[] values) {
    return DoubleStream.of(values)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** Returns arrays, one after the other. */
  static double[] join(double[] first, double[] second) {
    return DoubleStream.concat(DoubleStream.of(first), DoubleStream.of(second)).toArray();
  }
}
