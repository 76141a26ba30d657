package dev.rnn4j.forecast.internal.quantile;

import dev.rnn4j.forecast.internal.task.Transform;
import java.util.Arrays;
import java.util.Collections;
import java.util.HashMap;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * Forecasts of known rows by a method that had not learnt from them, and what happened.
 *
 * @param forecasts for each output and window
 * @param actual {@code [K·H][N]}
 * @param series the series of each window, none where there is one alone
 * @param units of the series of each window, when it was forecast
 */
public record Past(Bands forecasts, double[][] actual, List<String> series, List<Units> units) {
  public static final Past NONE =
      new Past(Bands.of(new double[0][]), new double[0][], List.of(), List.of());

  /** How large the changes of series are. */
  public interface Units {
    /**
     * Returns how large those of a series are, for each output.
     *
     * @param transforms of the values, one for each output
     */
    double[] of(String series, List<Transform> transforms);
  }

  /** Creates a past of which all was forecast with the same units. */
  public Past(Bands forecasts, double[][] actual, List<String> series, Units units) {
    this(forecasts, actual, series, Collections.nCopies(series.size(), units));
  }

  public static Past join(List<Past> parts) {
    return new Past(
        Bands.join(parts.stream().map(Past::forecasts).toList()),
        Bands.joined(parts.stream().map(Past::actual).toList()),
        parts.stream().flatMap(part -> part.series.stream()).toList(),
        parts.stream().flatMap(part -> part.units.stream()).toList());
  }

  /** Returns the forecasts of one series. */
  Past of(String name) {
    int[] windows =
        IntStream.range(0, series.size()).filter(i -> series.get(i).equals(name)).toArray();
    double[][] picked =
        Arrays.stream(actual)
            .map(values -> IntStream.of(windows).mapToDouble(i -> values[i]).toArray())
            .toArray(double[][]::new);
    return new Past(
        forecasts.pick(windows),
        picked,
        Collections.nCopies(windows.length, name),
        IntStream.of(windows).mapToObj(units::get).toList());
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
    return IntStream.range(0, actual.length)
        .mapToObj(
            output -> Interval.fit(forecasts.output(output), actual[output], of(steady, output)))
        .toList();
  }

  /**
   * Returns the intervals that the errors of all series together ask for, each in units of its own
   * series.
   */
  List<Interval> intervalsInUnits(List<Transform> steady) {
    List<Transform> transforms =
        IntStream.range(0, actual.length).mapToObj(output -> of(steady, output)).toList();
    Map<Units, Map<String, double[]>> known = new IdentityHashMap<>();
    double[][] each = new double[series.size()][];
    for (int i = 0; i < each.length; i++) {
      Units one = units.get(i);
      each[i] =
          known
              .computeIfAbsent(one, some -> new HashMap<>())
              .computeIfAbsent(series.get(i), name -> one.of(name, transforms));
    }
    return IntStream.range(0, actual.length)
        .mapToObj(
            output ->
                Interval.fit(
                    forecasts.output(output),
                    actual[output],
                    transforms.get(output),
                    Arrays.stream(each).mapToDouble(one -> one[output]).toArray()))
        .toList();
  }

  private Transform of(List<Transform> steady, int output) {
    return steady.get(output * steady.size() / actual.length);
  }
}
