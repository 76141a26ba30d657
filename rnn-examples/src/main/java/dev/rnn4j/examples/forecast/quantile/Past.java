package dev.rnn4j.examples.forecast.quantile;

import dev.rnn4j.examples.forecast.task.Transform;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts of known rows by a method that had not learnt from them, and what happened.
 *
 * @param forecasts for each output and window
 * @param actual {@code [K·H][N]}
 */
public record Past(Bands forecasts, double[][] actual) {
  public static final Past NONE = new Past(Bands.of(new double[0][]), new double[0][]);

  public static Past join(List<Past> parts) {
    return new Past(
        Bands.join(parts.stream().map(Past::forecasts).toList()),
        Bands.joined(parts.stream().map(Past::actual).toList()));
  }

  /**
   * Returns the intervals that each output's errors ask for.
   *
   * @param steady for each target, what its errors are alike after
   */
  public List<Interval> intervals(List<Transform> steady) {
    int horizon = steady.isEmpty() ? 1 : actual.length / steady.size();
    return IntStream.range(0, actual.length)
        .mapToObj(
            output ->
                Interval.fit(
                    forecasts.output(output), actual[output], steady.get(output / horizon)))
        .toList();
  }
}
