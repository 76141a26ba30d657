package dev.rnn4j.examples.forecast;

import java.util.Arrays;
import java.util.stream.DoubleStream;

/**
 * How far below and above a method's forecasts its errors reach, where it is to hold 80 % of what
 * happens. They may grow with the forecast: a bound is the forecast f plus a multiple of |f|^power.
 *
 * @param low the multiple of the quantile 0.1
 * @param middle the multiple of the quantile 0.5
 * @param high the multiple of the quantile 0.9
 * @param power 0 where errors are alike everywhere, 1 where they are a share of the forecast
 */
record Interval(double low, double middle, double high, double power) {
  static final double LOW = 0.1;
  static final double MIDDLE = 0.5;
  static final double HIGH = 0.9;

  private static final double[] POWERS = {0, 0.5, 1};

  /** A method without any error to learn from has no interval. */
  static final Interval NONE = new Interval(Double.NaN, Double.NaN, Double.NaN, 0);

  /** Forecasts and what happened; NaN is no forecast. */
  record Past(double[] forecasts, double[] actual) {
    /** Returns the errors in their order by size, each less what it grows with. */
    private double[] errors(double power) {
      double[] errors = new double[forecasts.length];
      Arrays.setAll(errors, i -> (actual[i] - forecasts[i]) / size(forecasts[i], power));
      return DoubleStream.of(errors).filter(Double::isFinite).sorted().toArray();
    }
  }

  /**
   * Fits an interval: the quantiles of the errors on the rows that train, and as much wider as the
   * rows that decide ask for, which the method has not learnt from (conformal prediction; Romano,
   * Patterson and Candès, 2019). Of the powers, that with the smallest pinball loss on both.
   */
  static Interval fit(Past training, Past validation) {
    Interval best = NONE;
    double smallest = Double.POSITIVE_INFINITY;
    for (double power : POWERS) {
      Interval interval = fit(training, validation, power);
      double loss = interval.loss(training) + interval.loss(validation);
      if (loss < smallest) {
        best = interval;
        smallest = loss;
      }
    }
    return best;
  }

  private static Interval fit(Past training, Past validation, double power) {
    double[] unseen = validation.errors(power);
    double[] learnt = training.errors(power);
    double[] errors = learnt.length == 0 ? unseen : learnt;
    if (errors.length == 0) {
      return NONE;
    }
    double low = quantile(errors, LOW);
    double middle = quantile(errors, MIDDLE);
    double high = quantile(errors, HIGH);
    double[] reach =
        DoubleStream.of(unseen)
            .map(
                error ->
                    error < middle
                        ? (middle - error) / (middle - low)
                        : (error - middle) / (high - middle))
            .filter(Double::isFinite)
            .sorted()
            .toArray();
    double wider = reach.length == 0 ? 1 : Math.max(1, quantile(reach, HIGH - LOW));
    return new Interval(
        middle + wider * (low - middle), middle, middle + wider * (high - middle), power);
  }

  /** The value at the place q·(n + 1) of n, counted from 1, so that one more falls below by q. */
  private static double quantile(double[] sorted, double q) {
    double place = q * (sorted.length + 1) - 1;
    int below = (int) Math.floor(place);
    double share = place - below;
    double first = sorted[Math.max(0, Math.min(sorted.length - 1, below))];
    double second = sorted[Math.max(0, Math.min(sorted.length - 1, below + 1))];
    return first + share * (second - first);
  }

  /** Returns what errors grow with. */
  private static double size(double forecast, double power) {
    return power == 0 ? 1 : Math.pow(Math.abs(forecast), power);
  }

  /** Returns the mean pinball loss of the three quantiles. */
  private double loss(Past past) {
    double sum = 0;
    int count = 0;
    for (int i = 0; i < past.forecasts.length; i++) {
      if (!Double.isNaN(past.forecasts[i])) {
        sum += loss(past.forecasts[i], past.actual[i]);
        count++;
      }
    }
    return count == 0 ? 0 : sum / count;
  }

  /**
   * Returns the mean pinball loss of the quantiles around a forecast (Koenker and Bassett, 1978).
   */
  double loss(double forecast, double actual) {
    return (pinball(actual - low(forecast), LOW)
            + pinball(actual - at(forecast, middle), MIDDLE)
            + pinball(actual - high(forecast), HIGH))
        / 3;
  }

  private static double pinball(double error, double quantile) {
    return Math.max(quantile * error, (quantile - 1) * error);
  }

  /** Returns the quantile 0.1 around a forecast. */
  double low(double forecast) {
    return at(forecast, low);
  }

  /** Returns the quantile 0.9 around a forecast. */
  double high(double forecast) {
    return at(forecast, high);
  }

  private double at(double forecast, double multiple) {
    return forecast + multiple * size(forecast, power);
  }

  /** Returns whether what happened is between the quantiles 0.1 and 0.9. */
  boolean holds(double forecast, double actual) {
    return low(forecast) <= actual && actual <= high(forecast);
  }
}
