package dev.rnn4j.examples.forecast.method;

import dev.rnn4j.batch.Batches;
import dev.rnn4j.batch.Examples;
import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A linear autoregression: each of O targets as a weighted sum of all inputs of a window and a
 * constant, fitted by ridge regression (Hoerl and Kennard, 1970). The weights w solve (AᵀA + Λ)·w =
 * Aᵀy, by Cholesky's method; Λ is the ridge, which counts for less the more rows there are, and is
 * nearly nothing for the constant.
 */
public final class LinearModel {
  /** Keeps weights finite where inputs say the same, as sine and cosine of two days do. */
  private static final double SMALLEST = 1e-9;

  /** An example that has all but this share in its own fit is not told by the others. */
  private static final double ALONE = 1e-6;

  private static final int BATCH = 256;

  private final double[][] weights;

  private LinearModel(double[][] weights) {
    this.weights = weights;
  }

  /** Fits the weights with one ridge; see {@link #fit(Examples, List)}. */
  public static LinearModel fit(Examples examples, double ridge) {
    return fit(examples, List.of(ridge)).get(0);
  }

  /**
   * Fits the weights for each of several ridges.
   *
   * @param examples inputs {@code [T, I]} of mean 0 and deviation 1 or near them, targets {@code
   *     [O]}
   */
  public static List<LinearModel> fit(Examples examples, List<Double> ridges) {
    int size = (int) examples.inputShape().elements() + 1;
    double[][] normal = new double[size][size];
    double[][] right = new double[(int) examples.targetShape().elements()][size];
    for (Batch batch : Batches.of(examples, BATCH)) {
      add(rows(batch.x()), batch.y(), normal, right);
    }
    return ridges.stream().map(ridge -> solve(normal, right, ridge, examples.size())).toList();
  }

  /**
   * Returns by how much each example is missed by weights that are fitted to all others, for each
   * of several ridges: what is left of it, divided by 1 − h, where h is its own share in its fit
   * (Allen, 1974). Infinite where the other examples say nothing of one.
   *
   * @return {@code [ridges][O][N]}
   */
  public static double[][][] leftOut(Examples examples, List<Double> ridges) {
    List<LinearModel> models = fit(examples, ridges);
    int size = (int) examples.inputShape().elements() + 1;
    double[][] normal = new double[size][size];
    List<double[]> rows = new ArrayList<>();
    for (Batch batch : Batches.of(examples, BATCH)) {
      double[][] some = rows(batch.x());
      add(some, batch.y(), normal, new double[(int) examples.targetShape().elements()][size]);
      rows.addAll(List.of(some));
    }
    double[][][] errors = new double[ridges.size()][][];
    for (int i = 0; i < errors.length; i++) {
      errors[i] = models.get(i).residuals(examples);
      double[][] left = left(normal, ridges.get(i), examples.size());
      factorise(left);
      for (int n = 0; n < rows.size(); n++) {
        double[] share = rows.get(n).clone();
        forward(left, share);
        double rest = 1 - Arrays.stream(share).map(one -> one * one).sum();
        for (double[] ofOutput : errors[i]) {
          ofOutput[n] = rest > ALONE ? ofOutput[n] / rest : Double.POSITIVE_INFINITY;
        }
      }
    }
    return errors;
  }

  private static double[][] left(double[][] normal, double ridge, int rows) {
    double[][] left = copy(normal);
    int constant = left.length - 1;
    for (int i = 0; i < left.length; i++) {
      left[i][i] += (i == constant ? 0 : ridge) + SMALLEST * rows;
    }
    return left;
  }

  private static LinearModel solve(double[][] normal, double[][] right, double ridge, int rows) {
    double[][] left = left(normal, ridge, rows);
    double[][] solved = copy(right);
    factorise(left);
    for (double[] one : solved) {
      solve(left, one);
    }
    return new LinearModel(solved);
  }

  private static double[][] copy(double[][] matrix) {
    return Arrays.stream(matrix).map(double[]::clone).toArray(double[][]::new);
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

  /** Returns the weights of the inputs of a window, one step after the other: {@code [T·I, O]}. */
  public Tensor weight() {
    int inputs = weights[0].length - 1;
    double[][] columns = new double[inputs][weights.length];
    for (int i = 0; i < inputs; i++) {
      for (int output = 0; output < weights.length; output++) {
        columns[i][output] = weights[output][i];
      }
    }
    return Tensor.of(columns);
  }

  /** Returns the constants: {@code [O]}. */
  Tensor constant() {
    return Tensor.of(Arrays.stream(weights).mapToDouble(one -> one[one.length - 1]).toArray());
  }

  /** Returns the forecasts for examples {@code [T, I]}: {@code [O][N]}. */
  public double[][] predict(Examples examples) {
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

  /** Returns what is left of the targets: {@code [O][N]}. */
  double[][] residuals(Examples examples) {
    double[][] rest = predict(examples);
    int n = 0;
    for (Batch batch : Batches.of(examples, BATCH)) {
      double[] values = batch.y().toDoubles();
      int size = values.length / rest.length;
      for (int i = 0; i < size; i++) {
        for (int output = 0; output < rest.length; output++) {
          rest[output][n] = values[i * rest.length + output] - rest[output][n];
        }
        n++;
      }
    }
    return rest;
  }

  /** Returns the root of the mean square, 1 for zeros. */
  public static double size(double[] values) {
    double size = Math.sqrt(DoubleStream.of(values).map(one -> one * one).average().orElse(0));
    return size > 0 ? size : 1;
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

  /** Solves L·x = b in place. */
  private static void forward(double[][] l, double[] b) {
    for (int i = 0; i < b.length; i++) {
      for (int k = 0; k < i; k++) {
        b[i] -= l[i][k] * b[k];
      }
      b[i] /= l[i][i];
    }
  }

  /** Solves L·Lᵀ·x = b in place. */
  private static void solve(double[][] l, double[] b) {
    int size = b.length;
    forward(l, b);
    for (int i = size - 1; i >= 0; i--) {
      for (int k = i + 1; k < size; k++) {
        b[i] -= l[k][i] * b[k];
      }
      b[i] /= l[i][i];
    }
  }
}
