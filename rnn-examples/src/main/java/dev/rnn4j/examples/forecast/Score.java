package dev.rnn4j.examples.forecast;

/**
 * How far forecasts are from what happened.
 *
 * @param rmse the root of the mean squared error, NaN without forecasts
 * @param mae the mean absolute error, NaN without forecasts
 * @param count how many forecasts there are
 */
record Score(double rmse, double mae, int count) {
  /** Compares forecasts with actual values; NaN is no forecast. */
  static Score of(double[] forecasts, double[] actual) {
    double squares = 0;
    double absolutes = 0;
    int count = 0;
    for (int i = 0; i < forecasts.length; i++) {
      if (!Double.isNaN(forecasts[i])) {
        double error = forecasts[i] - actual[i];
        squares += error * error;
        absolutes += Math.abs(error);
        count++;
      }
    }
    return new Score(Math.sqrt(squares / count), absolutes / count, count);
  }
}
