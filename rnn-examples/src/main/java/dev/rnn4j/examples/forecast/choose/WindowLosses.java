package dev.rnn4j.examples.forecast.choose;

import dev.rnn4j.examples.forecast.prepare.Part;
import dev.rnn4j.forecast.internal.task.DoubleArrays;
import dev.rnn4j.window.Windows;
import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * How wrong forecasts from several origins are, window by window: the mean over all outputs of the
 * squared error, as a share of that of persistence.
 */
public final class WindowLosses {
  private final double[] ofRow;

  private WindowLosses(double[] ofRow) {
    this.ofRow = ofRow;
  }

  /** Returns losses of nothing yet, for a table of so many rows. */
  public static WindowLosses none(int rows) {
    double[] ofRow = new double[rows];
    Arrays.fill(ofRow, Double.NaN);
    return new WindowLosses(ofRow);
  }

  /**
   * Adds forecasts from one origin.
   *
   * @param values {@code [K·H][N]}
   * @param units what squared errors of each output are divided by
   */
  public void add(Part part, Windows windows, double[][] values, double[] units) {
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

  public int count() {
    return (int) Arrays.stream(ofRow).filter(loss -> !Double.isNaN(loss)).count();
  }

  public double mean() {
    return DoubleArrays.mean(ofRow);
  }

  /** Returns where these and others have a loss both: by how much these are larger. */
  private double[] differences(WindowLosses other) {
    return IntStream.range(0, ofRow.length)
        .mapToDouble(row -> ofRow[row] - other.ofRow[row])
        .filter(difference -> !Double.isNaN(difference))
        .toArray();
  }

  /** Returns whether these are smaller, on the windows that both are of. */
  boolean areSmallerThan(WindowLosses other) {
    return DoubleArrays.mean(differences(other)) < 0;
  }

  /**
   * Returns whether these are as good as smaller ones: larger by at most some standard errors of
   * the difference (Breiman and others, "Classification and Regression Trees", 1984).
   */
  boolean areAsGoodAs(WindowLosses smallest, double standardErrors) {
    return isAsGood(differences(smallest), standardErrors);
  }

  /** Returns whether losses of windows are as good as smaller ones of the same windows. */
  static boolean areAsGood(double[] losses, double[] smallest, double standardErrors) {
    double[] differences = new double[losses.length];
    Arrays.setAll(differences, i -> losses[i] - smallest[i]);
    return isAsGood(differences, standardErrors);
  }

  private static boolean isAsGood(double[] differences, double standardErrors) {
    double mean = DoubleArrays.mean(differences);
    double variance =
        DoubleArrays.mean(DoubleArrays.map(differences, one -> (one - mean) * (one - mean)));
    return mean <= standardErrors * Math.sqrt(variance / differences.length);
  }
}
