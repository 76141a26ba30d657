package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.prepare.Origins;
import dev.rnn4j.examples.forecast.prepare.SeriesRows;
import dev.rnn4j.examples.forecast.task.Task;
import dev.rnn4j.table.Table;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The season of a column: after so many rows, values are most like themselves again. It is the
 * highest peak of the autocorrelation behind its first zero, of the values less their straight
 * line.
 */
public final class Period {
  /** A weaker correlation is no season. */
  private static final double WEAKEST = 0.25;

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
      periods.add(of(known).map(found -> near(task, table, found)));
    }
    return periods;
  }

  private static int near(Task task, Table table, int found) {
    return task.calendar().stream()
        .flatMap(calendar -> calendar.cycles(table).stream())
        .filter(cycle -> Math.abs(cycle - found) <= NEAR * cycle)
        .findFirst()
        .orElse(found);
  }

  /**
   * Finds the period in some values.
   *
   * @param values in their order, NaN where one is missing
   * @return the number of rows, at least 2 and at most half of the values; empty without a season
   */
  public static Optional<Integer> of(double[] values) {
    double[] rest = withoutLine(values);
    int longest =
        (int)
            Math.min(
                values.length / 2, Math.max(FEWEST_LAGS, PRODUCTS / Math.max(1, values.length)));
    double[] correlations = new double[longest + 1];
    double variance = covariance(rest, 0);
    if (!(variance > 0)) {
      return Optional.empty();
    }
    for (int lag = 1; lag <= longest; lag++) {
      correlations[lag] = covariance(rest, lag) / variance;
    }
    int lag = 1;
    while (lag <= longest && correlations[lag] > 0) {
      lag++;
    }
    int best = 0;
    for (; lag < longest; lag++) {
      boolean peak =
          correlations[lag] >= correlations[lag - 1] && correlations[lag] > correlations[lag + 1];
      if (peak && correlations[lag] > Math.max(WEAKEST, best == 0 ? 0 : correlations[best])) {
        best = lag;
      }
    }
    return best < 2 ? Optional.empty() : Optional.of(best);
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
