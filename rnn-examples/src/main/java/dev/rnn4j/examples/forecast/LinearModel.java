package dev.rnn4j.examples.forecast;

import dev.rnn4j.tensor.Tensor;

/**
 * A linear autoregression: the target as a weighted sum of all inputs of a window and a constant,
 * fitted by least squares. The weights w solve (AᵀA + λI)·w = Aᵀy, by Cholesky's method; the
 * smallest of ridges λ keeps them finite where inputs say the same, as sine and cosine of one day
 * and of the next do.
 */
final class LinearModel {
  private static final double RIDGE = 1e-9;

  private final double[] weights;

  private LinearModel(double[] weights) {
    this.weights = weights;
  }

  /**
   * Fits the weights.
   *
   * @param inputs {@code [T, N, I]}, of mean 0 and deviation 1 or near them
   * @param targets {@code [N, 1]}
   */
  static LinearModel fit(Tensor inputs, Tensor targets) {
    double[][] rows = rows(inputs);
    int size = rows[0].length;
    double[][] normal = new double[size][size];
    double[] right = new double[size];
    for (int n = 0; n < rows.length; n++) {
      double[] row = rows[n];
      double target = targets.at(n);
      for (int i = 0; i < size; i++) {
        right[i] += row[i] * target;
        for (int j = 0; j <= i; j++) {
          normal[i][j] += row[i] * row[j];
        }
      }
    }
    for (int i = 0; i < size; i++) {
      normal[i][i] += RIDGE * rows.length;
    }
    return new LinearModel(solve(normal, right));
  }

  /** Returns the forecasts for windows {@code [T, N, I]}, N of them. */
  double[] predict(Tensor inputs) {
    double[][] rows = rows(inputs);
    double[] predictions = new double[rows.length];
    for (int n = 0; n < rows.length; n++) {
      for (int i = 0; i < weights.length; i++) {
        predictions[n] += weights[i] * rows[n][i];
      }
    }
    return predictions;
  }

  /** Returns the inputs of each window in one row, with a 1 at the end: {@code [N][T·I + 1]}. */
  private static double[][] rows(Tensor inputs) {
    int steps = inputs.shape().size(0);
    int windows = inputs.shape().size(1);
    int features = inputs.shape().size(2);
    double[] values = inputs.toDoubles();
    double[][] rows = new double[windows][steps * features + 1];
    for (int t = 0; t < steps; t++) {
      for (int n = 0; n < windows; n++) {
        System.arraycopy(values, (t * windows + n) * features, rows[n], t * features, features);
      }
    }
    for (double[] row : rows) {
      row[steps * features] = 1;
    }
    return rows;
  }

  /** Solves A·x = b for a positive definite A, of which the lower half is given, in place. */
  private static double[] solve(double[][] a, double[] b) {
    int size = b.length;
    for (int i = 0; i < size; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= a[i][k] * b[k];
      }
      b[i] /= a[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        b[i] -= a[k][i] * b[k];
      }
      b[i] /= a[i][i];
    }
    return b;
  }
}
