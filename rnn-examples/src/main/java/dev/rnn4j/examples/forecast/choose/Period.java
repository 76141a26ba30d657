package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.forecast.internal.prepare.SeriesRows;
import dev.rnn4j.forecast.internal.task.Task;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * The season of a column: after so many rows, values are most like themselves again. It is the
 * highest peak of the autocorrelation of the values less their straight line, among those that
 * stand out from the valley before them; a day, a week or a year is preferred where it is nearly as
 * high, for what swings within several years, or many days, repeats itself after each as well.
 */
public final class Period {
  /** A weaker correlation is no season. */
  private static final double WEAKEST = 0.25;

  /** A peak that is higher than the lowest correlation before it by less than this is noise. */
  private static final double PROMINENCE = 0.15;

  /** A cycle of the calendar is the season where it reaches this share of the highest peak. */
  private static final double NEARLY = 0.85;

  /** So many products are summed up at most. */
  private static final long PRODUCTS = 300_000_000L;

  private static final int FEWEST_LAGS = 400;

  /** A period that differs by at most this share from a day, a week or a year is that. */
  private static final double NEAR = 0.03;

  private Period() {}

  /**
   * Returns the season of each target in the known rows, if it has one. A period near a day, a week
   * or a year is that.
   */
  public static List<Optional<Integer>> ofTargets(Task task, Table table, Origins origins) {
    SeriesRows rows = SeriesRows.of(table, task.series());
    List<Optional<Integer>> periods = new ArrayList<>();
    for (String target : task.targetNames()) {
      double[] values = table.column(target);
      int[] longest =
          rows.all().stream().reduce((a, b) -> b.length > a.length ? b : a).orElseThrow();
      double[] known =
          Arrays.stream(longest)
              .filter(row -> row < origins.known().to())
              .mapToDouble(row -> values[row])
              .toArray();
      List<Integer> cycles =
          task.calendar().map(calendar -> calendar.cycles(table)).orElse(List.of());
      periods.add(of(known, cycles));
    }
    return periods;
  }

  /**
   * Finds the period in some values.
   *
   * @param values in their order, NaN where one is missing
   * @param cycles the rows of a day, a week, a year
   * @return the number of rows, at least 2 and at most half of the values; empty without a season
   */
  public static Optional<Integer> of(double[] values, List<Integer> cycles) {
    double[] correlations = correlations(values);
    List<Integer> peaks = peaks(correlations);
    Comparator<Integer> byHeight = Comparator.comparingDouble(lag -> correlations[lag]);
    Optional<Integer> highest = peaks.stream().max(byHeight);
    return highest.map(
        best ->
            peaks.stream()
                .filter(peak -> correlations[peak] >= NEARLY * correlations[best])
                .filter(peak -> near(peak, cycles).isPresent())
                .max(byHeight)
                .flatMap(peak -> near(peak, cycles))
                .orElse(best));
  }

  private static Optional<Integer> near(int peak, List<Integer> cycles) {
    return cycles.stream().filter(cycle -> Math.abs(cycle - peak) <= NEAR * cycle).findFirst();
  }

  /** Returns the autocorrelation by lags, to half of the values; empty where nothing moves. */
  private static double[] correlations(double[] values) {
    double[] rest = withoutLine(values);
    double variance = covariance(rest, 0);
    if (!(variance > 0)) {
      return new double[0];
    }
    long most = Math.max(FEWEST_LAGS, PRODUCTS / values.length);
    return IntStream.rangeClosed(0, (int) Math.min(values.length / 2, most))
        .mapToDouble(lag -> covariance(rest, lag) / variance)
        .toArray();
  }

  private static List<Integer> peaks(double[] correlations) {
    List<Integer> peaks = new ArrayList<>();
    double lowest = 1;
    for (int lag = 1; lag < correlations.length - 1; lag++) {
      double one = correlations[lag];
      lowest = Math.min(lowest, one);
      boolean peak = one >= correlations[lag - 1] && one > correlations[lag + 1];
      if (peak && lag > 1 && one > WEAKEST && one - lowest > PROMINENCE) {
        peaks.add(lag);
      }
    }
    return peaks;
  }

  /** Returns the sum of products at a lag: a missing value adds nothing. */
  private static double covariance(double[] values, int lag) {
    double sum = 0;
    for (int row = lag; row < values.length; row++) {
      sum += values[row] * values[row - lag];
    }
    return sum;
  }

  /** Returns values less their straight line, 0 where one is missing. */
  private static double[] withoutLine(double[] values) {
    double count = 0;
    double meanRow = 0;
    double mean = 0;
    for (int row = 0; row < values.length; row++) {
      if (!Double.isNaN(values[row])) {
        count++;
        meanRow += (row - meanRow) / count;
        mean += (values[row] - mean) / count;
      }
    }
    double both = 0;
    double rows = 0;
    for (int row = 0; row < values.length; row++) {
      if (!Double.isNaN(values[row])) {
        both += (row - meanRow) * (values[row] - mean);
        rows += (row - meanRow) * (row - meanRow);
      }
    }
    double slope = rows > 0 ? both / rows : 0;
    double[] rest = new double[values.length];
    for (int row = 0; row < rest.length; row++) {
      rest[row] = Double.isNaN(values[row]) ? 0 : values[row] - mean - slope * (row - meanRow);
    }
    return rest;
  }
}
