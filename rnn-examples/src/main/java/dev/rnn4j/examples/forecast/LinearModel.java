package dev.rnn4j.examples.forecast;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.batch.Examples;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;

/**
 * A linear autoregression: each of H targets as a weighted sum of all inputs of a window and a
 * constant, fitted by least squares. The weights w solve (AᵀA + λI)·w = Aᵀy, by Cholesky's method;
 * the smallest of ridges λ keeps them finite where inputs say the same, as sine and cosine of one
 * day and of the next do.
 */
final class LinearModel {
  private static final double RIDGE = 1e-9;
  private static final int BATCH = 256;

  private final double[][] weights;

  private LinearModel(double[][] weights) {
    this.weights = weights;
  }

  /**
   * Fits the weights.
   *
   * @param examples inputs {@code [T, I]} of mean 0 and deviation 1 or near them, targets {@code
   *     [H]}
   */
  static LinearModel fit(Examples examples) {
    Batches batches = Batches.of(examples, BATCH);
    int size = (int) examples.inputShape().elements() + 1;
    double[][] normal = new double[size][size];
    double[][] right = new double[(int) examples.targetShape().elements()][size];
    for (Batch batch : batches) {
      add(rows(batch.x()), batch.y(), normal, right);
    }
    for (int i = 0; i < size; i++) {
      normal[i][i] += RIDGE * examples.size();
    }
    factorise(normal);
    for (double[] one : right) {
      solve(normal, one);
    }
    return new LinearModel(right);
  }

  /** Adds AᵀA and Aᵀy of some rows; each element sums the rows in their order. */
  private static void add(double[][] rows, Tensor targets, double[][] normal, double[][] right) {
    double[] values = targets.toDoubles();
    for (int i = 0; i < normal.length; i++) {
      double[] sums = normal[i];
      for (int n = 0; n < rows.length; n++) {
        double[] row = rows[n];
        double factor = row[i];
        for (int output = 0; output < right.length; output++) {
          right[output][i] += factor * values[n * right.length + output];
        }
        for (int j = 0; j <= i; j++) {
          sums[j] += factor * row[j];
        }
      }
    }
  }

  /** Returns the forecasts for examples {@code [T, I]}: {@code [H][N]}. */
  double[][] predict(Examples examples) {
    double[][] predictions = new double[weights.length][examples.size()];
    int n = 0;
    for (Batch batch : Batches.of(examples, BATCH)) {
      for (double[] row : rows(batch.x())) {
        for (int output = 0; output < weights.length; output++) {
          for (int i = 0; i < row.length; i++) {
            predictions[output][n] += weights[output][i] * row[i];
          }
        }
        n++;
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

  /** Turns a positive definite A, of which the lower half is given, into L with L·Lᵀ = A. */
  private static void factorise(double[][] a) {
    for (int i = 0; i < a.length; i++) {
      for (int j = 0; j <= i; j++) {
        double sum = a[i][j];
        for (int k = 0; k < j; k++) {
          sum -= a[i][k] * a[j][k];
        }
        a[i][j] = i == j ? Math.sqrt(sum) : sum / a[j][j];
      }
    }
  }

  /** Solves L·Lᵀ·x = b in place. */
  private static void solve(double[][] l, double[] b) {
    int size = b.length;
    for (int i = 0; i < size; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= l[i][k] * b[k];
      }
      b[i] /= l[i][i];
    }
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        b[i] -= l[k][i] * b[k];
      }
      b[i] /= l[i][i];
    }
  }
}
