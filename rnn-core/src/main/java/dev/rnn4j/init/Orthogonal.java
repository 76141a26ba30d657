package dev.rnn4j.init;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * Random matrices with orthonormal columns, or rows: the Q of a QR decomposition of normal numbers
 * by Householder reflections, each column with the sign of R's diagonal, without which Q would not
 * be uniform (Mezzadri, "How to generate random matrices from the classical compact groups", 2007).
 */
final class Orthogonal {
  private Orthogonal() {}

  static Tensor matrix(int rows, int columns, double gain, RandomGenerator random) {
    boolean tall = rows >= columns;
    double[][] q = tall ? columns(rows, columns, random) : columns(columns, rows, random);
    double[] values = new double[rows * columns];
    for (int row = 0; row < rows; row++) {
      for (int column = 0; column < columns; column++) {
        values[row * columns + column] = gain * (tall ? q[column][row] : q[row][column]);
      }
    }
    return Tensor.of(Shape.of(rows, columns), values);
  }

  /** Returns {@code count} orthonormal columns of the given length, each an array. */
  private static double[][] columns(int length, int count, RandomGenerator random) {
    double[][] a = new double[count][length];
    for (int row = 0; row < length; row++) {
      for (int column = 0; column < count; column++) {
        a[column][row] = random.nextGaussian();
      }
    }
    double[] signs = new double[count];
    for (int k = 0; k < count; k++) {
      signs[k] = toReflector(a[k], k);
      for (int column = k + 1; column < count; column++) {
        reflect(a[k], k, a[column]);
      }
    }
    double[][] q = new double[count][length];
    for (int column = 0; column < count; column++) {
      q[column][column] = signs[column];
      for (int k = column; k >= 0; k--) {
        reflect(a[k], k, q[column]);
      }
    }
    return q;
  }

  /**
   * Turns {@code column} from {@code k} on into v of the reflection I − 2vvᵀ that maps it to a
   * multiple r of the k-th unit vector, and returns the sign of r.
   */
  private static double toReflector(double[] column, int k) {
    double sign = column[k] > 0 ? -1 : 1;
    column[k] -= sign * norm(column, k);
    double norm = norm(column, k);
    for (int i = k; norm > 0 && i < column.length; i++) {
      column[i] /= norm;
    }
    return sign;
  }

  private static void reflect(double[] v, int from, double[] target) {
    double product = 0;
    for (int i = from; i < v.length; i++) {
      product += v[i] * target[i];
    }
    for (int i = from; i < v.length; i++) {
      target[i] -= 2 * product * v[i];
    }
  }

  private static double norm(double[] values, int from) {
    double squares = 0;
    for (int i = from; i < values.length; i++) {
      squares += values[i] * values[i];
    }
    return Math.sqrt(squares);
  }
}
