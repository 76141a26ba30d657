package dev.rnn4j.examples.forecast.judge;

import dev.rnn4j.forecast.internal.quantile.Band;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * How far forecasts are from what happened.
 *
 * @param rmse the root of the mean squared error, NaN without forecasts
 * @param mae the mean absolute error, NaN without forecasts
 * @param mase the mean absolute error as a multiple of that of the naive forecast on the known rows
 *     (Hyndman and Koehler, 2006), NaN where that has none
 * @param pinball the mean pinball loss of the quantiles 0.1, 0.5 and 0.9 (Koenker and Bassett,
 *     1978)
 * @param coverage the share of what happened that lies in the interval from 0.1 to 0.9
 * @param count how many forecasts there are
 */
public record Score(
    double rmse, double mae, double mase, double pinball, double coverage, int count) {
  /** Of fewer forecasts, each one is more than a tenth. */
  private static final int FEW = 10;

  /**
   * Compares forecasts with actual values; NaN is no forecast.
   *
   * @param naive the mean absolute error of the naive forecast
   */
  public static Score of(Band forecasts, double[] actual, double naive) {
    double squares = 0;
    double absolutes = 0;
    double pinball = 0;
    int covered = 0;
    int count = 0;
    for (int i = 0; i < actual.length; i++) {
      if (Double.isNaN(forecasts.point()[i])) {
        continue;
      }
      double error = actual[i] - forecasts.point()[i];
      squares += error * error;
      absolutes += Math.abs(error);
      pinball += forecasts.pinball(i, actual[i]);
      covered += forecasts.holds(i, actual[i]) ? 1 : 0;
      count++;
    }
    double mae = absolutes / count;
    boolean bounded = !Double.isNaN(pinball);
    return new Score(
        Math.sqrt(squares / count),
        mae,
        naive > 0 ? mae / naive : Double.NaN,
        pinball / count,
        bounded ? (double) covered / count : Double.NaN,
        count);
  }

  /**
   * Returns how much of what happened lies in the interval, in words, empty where there is none.
   */
  public String held() {
    if (Double.isNaN(coverage)) {
      return "";
    }
    return isFew()
        ? Math.round(count * coverage) + " of " + count
        : Math.round(100 * coverage) + " %";
  }

  /** Returns whether there are so few forecasts that a share of them says nothing. */
  public boolean isFew() {
    return count < FEW;
  }

  /** Returns the score of all forecasts that some scores are of. */
  static Score overall(List<Score> scores) {
    return new Score(
        Math.sqrt(mean(scores, score -> score.rmse * score.rmse)),
        mean(scores, Score::mae),
        mean(scores, Score::mase),
        mean(scores, Score::pinball),
        mean(scores, Score::coverage),
        scores.stream().mapToInt(Score::count).sum());
  }

  private static double mean(List<Score> scores, ToDoubleFunction<Score> value) {
    double sum = 0;
    int count = 0;
    for (Score score : scores) {
      if (score.count > 0) {
        sum += score.count * value.applyAsDouble(score);
        count += score.count;
      }
    }
    return sum / count;
  }
}
