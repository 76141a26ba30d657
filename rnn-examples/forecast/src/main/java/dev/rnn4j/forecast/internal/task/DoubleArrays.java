package dev.rnn4j.forecast.internal.task;

import java.util.function.DoubleUnaryOperator;
import java.util.stream.DoubleStream;

/** Arrays of numbers. */
public final class DoubleArrays {
  private DoubleArrays() {}

  public static double[] map(double[] values, DoubleUnaryOperator function) {
    return DoubleStream.of(values).map(function).toArray();
  }

  /** Returns the mean of the values that are not NaN, NaN where there are none. */
  public static double mean(double[] values) {
    return DoubleStream.of(values)
        .filter(value -> !Double.isNaN(value))
        .average()
        .orElse(Double.NaN);
  }

  /** Returns the numbers in ascending order, without those that are not finite. */
  public static double[] sorted(double[] values) {
    return DoubleStream.of(values).filter(Double::isFinite).sorted().toArray();
  }

  /** Returns whether there are more than two different numbers: of two, all curves are lines. */
  public static boolean areMoreThanTwo(double[] values) {
    return DoubleStream.of(values).filter(Double::isFinite).distinct().limit(3).count() > 2;
  }

  /**
   * Returns the value at the place q·(n + 1) of n in ascending order, counted from 1, so that a new
   * one falls below it with probability q.
   */
  public static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length + 1) - 1;
    int below = (int) Math.floor(place);
    double share = place - below;
    double first = sorted[Math.max(0, Math.min(sorted.length - 1, below))];
    double second = sorted[Math.max(0, Math.min(sorted.length - 1, below + 1))];
    return first + share * (second - first);
  }
}
