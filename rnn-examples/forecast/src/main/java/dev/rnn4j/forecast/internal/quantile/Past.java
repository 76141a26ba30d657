package dev.rnn4j.forecast.internal.quantile;

import dev.rnn4j.forecast.internal.task.Transform;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Forecasts of known rows by a method that had not learnt from them, and what happened.
 *
 * @param forecasts for each output and window
 * @param actual {@code [K·H][N]}
 * @param series the series of each window, none where there is one alone
 */
public record Past(Bands forecasts, double[][] actual, List<String> series) {
  public static final Past NONE = new Past(Bands.of(new double[0][]), new double[0][], List.of());

  public static Past join(List<Past> parts) {
    return new Past(
        Bands.join(parts.stream().map(Past::forecasts).toList()),
        Bands.joined(parts.stream().map(Past::actual).toList()),
        parts.stream().flatMap(part -> part.series.stream()).toList());
  }

  /** Returns the forecasts of one series. */
  Past of(String name) {
    int[] windows =
        IntStream.range(0, series.size()).filter(i -> series.get(i).equals(name)).toArray();
    double[][] picked =
        Arrays.stream(actual)
            .map(values -> IntStream.of(windows).mapToDouble(i -> values[i]).toArray())
            .toArray(double[][]::new);
    return new Past(forecasts.pick(windows), picked, Collections.nCopies(windows.length, name));
  }

  /** Returns how many errors are known of each output at least. */
  public long errors() {
    return IntStream.range(0, actual.length)
        .mapToLong(output -> errors(forecasts.output(output).point(), actual[output]))
        .min()
        .orElse(0);
  }

  private static long errors(double[] expected, double[] happened) {
    return IntStream.range(0, happened.length)
        .filter(i -> Double.isFinite(happened[i] - expected[i]))
        .count();
  }

  /**
   * Returns the intervals that each output's errors ask for.
   *
   * @param steady for each target, what its errors are alike after
   */
  List<Interval> intervals(List<Transform> steady) {
    int horizon = steady.isEmpty() ? 1 : actual.length / steady.size();
    return IntStream.range(0, actual.length)
        .mapToObj(
            output ->
                Interval.fit(
                    forecasts.output(output), actual[output], steady.get(output / horizon)))
        .toList();
  }
}
