package dev.rnn4j.examples.forecast;

import java.util.Arrays;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * Forecasts with quantiles, one for each window. NaN is no forecast.
 *
 * @param point what is expected
 * @param low the quantile 0.1
 * @param middle the quantile 0.5
 * @param high the quantile 0.9
 */
record Band(double[] point, double[] low, double[] middle, double[] high) {
  static final double LOW = 0.1;
  static final double MIDDLE = 0.5;
  static final double HIGH = 0.9;

  /** Returns a band of no width. */
  static Band of(double... point) {
    return new Band(point, point, point, point);
  }

  /** Returns the forecasts as a function makes them. */
  Band map(DoubleUnaryOperator function) {
    return new Band(
        DoubleArrays.map(point, function),
        DoubleArrays.map(low, function),
        DoubleArrays.map(middle, function),
        DoubleArrays.map(high, function));
  }

  int size() {
    return point.length;
  }

  /** Returns the last windows only. */
  Band last(int count) {
    return slice(Math.max(0, size() - count), size());
  }

  /** Returns some of the windows. */
  Band slice(int from, int to) {
    return new Band(
        Arrays.copyOfRange(point, from, to),
        Arrays.copyOfRange(low, from, to),
        Arrays.copyOfRange(middle, from, to),
        Arrays.copyOfRange(high, from, to));
  }

  /** Returns the forecasts of several, one after the other. */
  static Band join(List<Band> parts) {
    Band all = of();
    for (Band part : parts) {
      all =
          new Band(
              DoubleArrays.join(all.point, part.point),
              DoubleArrays.join(all.low, part.low),
              DoubleArrays.join(all.middle, part.middle),
              DoubleArrays.join(all.high, part.high));
    }
    return all;
  }

  /** Returns whether what happened is between the quantiles 0.1 and 0.9. */
  boolean holds(int window, double actual) {
    return low[window] <= actual && actual <= high[window];
  }

  /** Returns the mean pinball loss of all windows that have a forecast. */
  double pinball(double[] actual) {
    return DoubleArrays.mean(
        IntStream.range(0, actual.length).mapToDouble(i -> pinball(i, actual[i])).toArray());
  }

  /** Returns the mean pinball loss of the three quantiles (Koenker and Bassett, 1978). */
  double pinball(int window, double actual) {
    return (pinball(actual - low[window], LOW)
            + pinball(actual - middle[window], MIDDLE)
            + pinball(actual - high[window], HIGH))
        / 3;
  }

  private static double pinball(double error, double quantile) {
    return Math.max(quantile * error, (quantile - 1) * error);
  }
}
