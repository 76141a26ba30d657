package dev.rnn4j.forecast.internal.quantile;

import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableMap;
import dev.rnn4j.forecast.internal.task.Transform;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/**
 * The intervals of all outputs. Of several series, each has those that its own errors ask for; one
 * with few errors has those of all together, each error in units of how much its series changes.
 *
 * @param all one for each output
 * @param ofSeries those of series, by their names
 * @param inUnits whether those of all together are in units of each series; those of one alone are
 *     not, nor those that earlier versions fitted
 */
public record Intervals(List<Interval> all, Map<String, List<Interval>> ofSeries, boolean inUnits) {
  /** With fewer errors, a series has no quantiles of its own, and quantiles are a guess. */
  public static final int FEWEST = 20;

  public Intervals {
    all = ImmutableList.copyOf(all);
    ofSeries = ImmutableMap.copyOf(ofSeries);
  }

  /**
   * Fits intervals to forecasts of known rows.
   *
   * @param steady for each target, what its errors are alike after
   */
  public static Intervals fit(Past past, List<Transform> steady) {
    if (past.series().isEmpty()) {
      return new Intervals(past.intervals(steady), Map.of(), false);
    }
    Map<String, List<Interval>> ofSeries = new LinkedHashMap<>();
    for (String name : past.series().stream().distinct().toList()) {
      Past own = past.of(name);
      if (own.errors() >= FEWEST) {
        ofSeries.put(name, own.intervals(steady));
      }
    }
    return new Intervals(past.intervalsInUnits(steady), ofSeries, true);
  }

  private List<Interval> times(double[] units) {
    return IntStream.range(0, units.length)
        .mapToObj(output -> all.get(output).times(units[output]))
        .toList();
  }

  /**
   * Returns bands as wide as they have to be.
   *
   * @param series the series of each window, none where there is one alone
   * @param units of the series
   */
  public Bands around(Bands bands, List<String> series, Past.Units units) {
    if (series.isEmpty()) {
      return bands.within(all);
    }
    List<Transform> transforms = all.stream().map(Interval::transform).toList();
    Band[] around = new Band[bands.outputs()];
    Arrays.setAll(around, output -> bands.output(output).copy());
    for (String name : series.stream().distinct().toList()) {
      List<Interval> own = ofSeries.getOrDefault(name, all);
      if (inUnits && !ofSeries.containsKey(name)) {
        own = times(units.of(name, transforms));
      }
      int[] windows =
          IntStream.range(0, series.size()).filter(i -> series.get(i).equals(name)).toArray();
      for (int output = 0; output < around.length; output++) {
        around[output].set(windows, own.get(output).around(around[output].pick(windows)));
      }
    }
    return Bands.of(List.of(around));
  }
}
