package dev.rnn4j.forecast.internal.quantile;

import com.google.common.primitives.Doubles;
import java.util.List;
import java.util.function.Function;
import java.util.function.UnaryOperator;
import java.util.stream.IntStream;

/**
 * Forecasts with quantiles, for each output and window: {@code [K·H][N]}. NaN is no forecast.
 *
 * @param point what is expected
 * @param low the quantile 0.1
 * @param middle the quantile 0.5
 * @param high the quantile 0.9
 */
public record Bands(double[][] point, double[][] low, double[][] middle, double[][] high) {
  /** Returns bands of no width. */
  public static Bands of(double[][] point) {
    return new Bands(point, point, point, point);
  }

  public int outputs() {
    return point.length;
  }

  /** Returns the forecasts of one output. */
  public Band output(int output) {
    return new Band(point[output], low[output], middle[output], high[output]);
  }

  /** Returns bands of changed values. */
  public Bands map(UnaryOperator<double[][]> function) {
    return new Bands(
        function.apply(point), function.apply(low), function.apply(middle), function.apply(high));
  }

  /** Returns the bands of some windows, followed by those of others. */
  public static Bands join(List<Bands> parts) {
    return new Bands(
        join(parts, Bands::point),
        join(parts, Bands::low),
        join(parts, Bands::middle),
        join(parts, Bands::high));
  }

  private static double[][] join(List<Bands> parts, Function<Bands, double[][]> some) {
    return joined(parts.stream().map(some).toList());
  }

  /** Returns values of some windows, followed by those of others: {@code [K·H][N]}. */
  static double[][] joined(List<double[][]> parts) {
    return IntStream.range(0, parts.get(0).length)
        .mapToObj(
            output ->
                Doubles.concat(parts.stream().map(part -> part[output]).toArray(double[][]::new)))
        .toArray(double[][]::new);
  }

  /** Returns the forecasts of some windows. */
  Bands pick(int[] windows) {
    return of(IntStream.range(0, outputs()).mapToObj(i -> output(i).pick(windows)).toList());
  }

  /** Returns bands as wide as intervals ask for, one for each output. */
  Bands within(List<Interval> intervals) {
    return of(
        IntStream.range(0, outputs())
            .mapToObj(output -> intervals.get(output).around(output(output)))
            .toList());
  }

  /** Returns the bands of all outputs. */
  static Bands of(List<Band> outputs) {
    return new Bands(
        outputs.stream().map(Band::point).toArray(double[][]::new),
        outputs.stream().map(Band::low).toArray(double[][]::new),
        outputs.stream().map(Band::middle).toArray(double[][]::new),
        outputs.stream().map(Band::high).toArray(double[][]::new));
  }
}
