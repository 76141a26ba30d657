package dev.rnn4j.examples.forecast;

import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How wrong forecasts from several origins are, window by window: the mean over all outputs of the
 * squared error, as a share of that of persistence.
 */
final class Losses {
  private final double[] ofRow;

  private Losses(double[] ofRow) {
    this.ofRow = ofRow;
  }

  /** Returns losses of nothing yet, for a table of so many rows. */
  static Losses none(int rows) {
    double[] ofRow = new double[rows];
    Arrays.fill(ofRow, Double.NaN);
    return new Losses(ofRow);
  }

  /**
   * Adds forecasts from one origin.
   *
   * @param values {@code [K·H][N]}
   * @param units what squared errors of each output are divided by
   */
  void add(Part part, Windows windows, double[][] values, double[] units) {
    double[][] actual = part.actual(windows);
    for (int window = 0; window < windows.size(); window++) {
      double sum = 0;
      for (int output = 0; output < values.length; output++) {
        double error = values[output][window] - actual[output][window];
        sum += error * error / units[output];
      }
      ofRow[part.last(windows, window)] = sum / values.length;
    }
  }

  int count() {
    return (int) Arrays.stream(ofRow).filter(loss -> !Double.isNaN(loss)).count();
  }

  double mean() {
    return DoubleArrays.mean(ofRow);
  }

  /** Returns where these and others have a loss both: by how much these are larger. */
  private double[] differences(Losses other) {
    return IntStream.range(0, ofRow.length)
        .mapToDouble(row -> ofRow[row] - other.ofRow[row])
        .filter(difference -> !Double.isNaN(difference))
        .toArray();
  }

  /** Returns whether these are smaller, on the windows that both are of. */
  boolean areSmallerThan(Losses other) {
    return DoubleArrays.mean(differences(other)) < 0;
  }

  /**
   * Returns whether these are as good as smaller ones: larger by at most some standard errors of
   * the difference (Breiman and others, "Classification and Regression Trees", 1984).
   */
  boolean areAsGoodAs(Losses smallest, double standardErrors) {
    double[] differences = differences(smallest);
    double mean = DoubleArrays.mean(differences);
    double variance =
        DoubleArrays.mean(DoubleArrays.map(differences, one -> (one - mean) * (one - mean)));
    return mean <= standardErrors * Math.sqrt(variance / differences.length);
  }
}
