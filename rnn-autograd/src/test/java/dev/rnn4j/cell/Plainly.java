package dev.rnn4j.cell;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntToDoubleFunction;

/**
 * What cells are made of, for one sequence in plain numbers, written apart from all of the library:
 * weighted sums and norms by the path of the part.
 *
 * @param parameters by path
 */
record Plainly(Map<String, Tensor> parameters) {
  /** Returns x·W + h·U. */
  double[] products(String gate, double[] x, double[] h) {
    return each(
        h.length, j -> product(gate + ".weightIh", x, j) + product(gate + ".weightHh", h, j));
  }

  /** Returns x·W + h·U + b. */
  double[] sum(String gate, double[] x, double[] h) {
    double[] products = products(gate, x, h);
    return each(h.length, j -> products[j] + get(gate + ".bias", j));
  }

  /** Returns LN(x·W + h·U). */
  double[] normalised(String gate, double[] x, double[] h) {
    return norm(gate + ".norm", products(gate, x, h));
  }

  /** Returns LN(a). */
  double[] norm(String norm, double[] a) {
    double mean = 0;
    for (double value : a) {
      mean += value / a.length;
    }
    double variance = 0;
    for (double value : a) {
      variance += (value - mean) * (value - mean) / a.length;
    }
    double mu = mean;
    double deviation = Math.sqrt(variance + 1e-5);
    return each(
        a.length, j -> (a[j] - mu) / deviation * get(norm + ".scale", j) + get(norm + ".shift", j));
  }

  /** Returns element j of v·M. */
  double product(String matrix, double[] v, int j) {
    double sum = 0;
    for (int i = 0; i < v.length; i++) {
      sum += v[i] * parameters.get(matrix).get(i, j);
    }
    return sum;
  }

  double get(String vector, int j) {
    return parameters.get(vector).get(j);
  }

  static double[] sigmoid(double[] a) {
    return map(a, value -> 1 / (1 + Math.exp(-value)));
  }

  static double[] tanh(double[] a) {
    return map(a, Math::tanh);
  }

  static double[] times(double[] a, double[] b) {
    return each(a.length, j -> a[j] * b[j]);
  }

  /** Returns (1 − z)⊙a + z⊙b. */
  static double[] blend(double[] z, double[] a, double[] b) {
    return each(z.length, j -> (1 - z[j]) * a[j] + z[j] * b[j]);
  }

  static double[] map(double[] a, DoubleUnaryOperator function) {
    return each(a.length, j -> function.applyAsDouble(a[j]));
  }

  static double[] each(int size, IntToDoubleFunction element) {
    double[] values = new double[size];
    for (int j = 0; j < size; j++) {
      values[j] = element.applyAsDouble(j);
    }
    return values;
  }
}
