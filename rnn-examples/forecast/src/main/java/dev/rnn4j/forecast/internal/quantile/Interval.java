package dev.rnn4j.forecast.internal.quantile;

import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.forecast.internal.task.Transform;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * By how much the quantiles of a method have to be moved, so that they hold what they say. There
 * are two ways to quantiles, and the forecast is the mean of both: those of the method itself,
 * which are wide where it is unsure, and those of its errors, which are alike everywhere. Where the
 * target is transformed, its transformed values are moved: of its logarithm, by shares.
 *
 * @param own what is added to the method's quantiles 0.1, 0.5 and 0.9
 * @param errors what is added to what it expects
 * @param transform after which errors are alike
 */
public record Interval(Moves own, Moves errors, Transform transform) {
  /** What is added for the quantiles 0.1, 0.5 and 0.9. */
  public record Moves(double low, double middle, double high) {
    /**
     * Fits moves to forecasts of rows that the method had not learnt from, and what happened there:
     * conformal quantile regression, each side for itself (Romano, Patterson and Candès, 2019).
     */
    public static Moves fit(Band band, double[] happened) {
      return new Moves(
          move(band.low(), happened, Band.LOW),
          move(band.middle(), happened, Band.MIDDLE),
          move(band.high(), happened, Band.HIGH));
    }

    /** What has no width, no error moves. */
    private Moves times(double unit) {
      return unit > 0 ? new Moves(low * unit, middle * unit, high * unit) : new Moves(0, 0, 0);
    }

    /** Returns what moves a quantile to where it holds its share of what happened. */
    private static double move(double[] quantile, double[] happened, double share) {
      double[] errors = new double[happened.length];
      Arrays.setAll(errors, i -> happened[i] - quantile[i]);
      double[] sorted = DoubleArrays.sorted(errors);
      return sorted.length == 0 ? Double.NaN : DoubleArrays.quantile(sorted, share);
    }
  }

  /** Fits both moves. */
  public static Interval fit(Band past, double[] actual, Transform transform) {
    return ofTransformed(
        past.map(transform::apply), DoubleArrays.map(actual, transform::apply), transform);
  }

  /**
   * Fits both moves, in units that differ from forecast to forecast.
   *
   * @param units of transformed values; what has the unit 0 counts for nothing
   */
  static Interval fit(Band past, double[] actual, Transform transform, double[] units) {
    int[] some = IntStream.range(0, units.length).filter(i -> units[i] > 0).toArray();
    double[] happened = new double[some.length];
    Arrays.setAll(happened, i -> transform.apply(actual[some[i]]) / units[some[i]]);
    Band band = past.map(transform::apply).dividedBy(units).pick(some);
    return ofTransformed(band, happened, transform);
  }

  private static Interval ofTransformed(Band band, double[] happened, Transform transform) {
    return new Interval(
        Moves.fit(band, happened), Moves.fit(Band.of(band.point()), happened), transform);
  }

  /** Returns the interval whose moves are in units of such a size. */
  Interval times(double unit) {
    return new Interval(own.times(unit), errors.times(unit), transform);
  }

  /**
   * Returns quantiles that are moved, in their order. Where nearly all errors had the same sign,
   * both bounds may lie on one side of what is expected: an interval then reaches to it, and holds
   * no less than it says.
   */
  Band around(Band band) {
    double[] lows = moved(band.low(), own.low, band.point(), errors.low);
    double[] middles = moved(band.middle(), own.middle, band.point(), errors.middle);
    double[] highs = moved(band.high(), own.high, band.point(), errors.high);
    for (int i = 0; i < band.size(); i++) {
      double[] ordered = {lows[i], middles[i], highs[i]};
      Arrays.sort(ordered);
      lows[i] = Math.min(ordered[0], band.point()[i]);
      middles[i] = ordered[1];
      highs[i] = Math.max(ordered[2], band.point()[i]);
    }
    return new Band(band.point(), lows, middles, highs);
  }

  private double[] moved(double[] quantile, double by, double[] point, double byToo) {
    double[] moved = new double[point.length];
    Arrays.setAll(
        moved,
        i ->
            transform.inverse(
                (transform.apply(quantile[i]) + by + transform.apply(point[i]) + byToo) / 2));
    return moved;
  }
}
