package dev.rnn4j.forecast.internal.quantile;

import dev.rnn4j.forecast.internal.task.DoubleArrays;
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
public record Band(double[] point, double[] low, double[] middle, double[] high) {
  public static final double LOW = 0.1;
  public static final double MIDDLE = 0.5;
  public static final double HIGH = 0.9;

  /** Returns a band of no width. */
  public static Band of(double... point) {
    return new Band(point, point, point, point);
  }

  /** Returns the forecasts as a function makes them. */
  public Band map(DoubleUnaryOperator function) {
    return new Band(
        DoubleArrays.map(point, function),
        DoubleArrays.map(low, function),
        DoubleArrays.map(middle, function),
        DoubleArrays.map(high, function));
  }

  /** Returns the forecasts in units of their own. */
  Band dividedBy(double[] units) {
    return new Band(
        divided(point, units), divided(low, units), divided(middle, units), divided(high, units));
  }

  private static double[] divided(double[] values, double[] units) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i] / units[i]).toArray();
  }

  public int size() {
    return point.length;
  }

  /** Returns the same numbers in arrays of their own. */
  Band copy() {
    return new Band(point.clone(), low.clone(), middle.clone(), high.clone());
  }

  /** Puts forecasts in the place of those of some windows. */
  void set(int[] windows, Band some) {
    for (int i = 0; i < windows.length; i++) {
      point[windows[i]] = some.point[i];
      low[windows[i]] = some.low[i];
      middle[windows[i]] = some.middle[i];
      high[windows[i]] = some.high[i];
    }
  }

  /** Returns some of the windows. */
  public Band pick(int[] windows) {
    return new Band(
        pick(point, windows), pick(low, windows), pick(middle, windows), pick(high, windows));
  }

  private static double[] pick(double[] values, int[] windows) {
    return IntStream.of(windows).mapToDouble(window -> values[window]).toArray();
  }

  /** Returns whether what happened is between the quantiles 0.1 and 0.9. */
  public boolean holds(int window, double actual) {
    return low[window] <= actual && actual <= high[window];
  }

  /** Returns the mean pinball loss of the three quantiles (Koenker and Bassett, 1978). */
  public double pinball(int window, double actual) {
    return (pinball(actual - low[window], LOW)
            + pinball(actual - middle[window], MIDDLE)
            + pinball(actual - high[window], HIGH))
        / 3;
  }

  private static double pinball(double error, double quantile) {
    return Math.max(quantile * error, (quantile - 1) * error);
  }
}
