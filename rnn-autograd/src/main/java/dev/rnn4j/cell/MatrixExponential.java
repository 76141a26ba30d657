package dev.rnn4j.cell;

/** e^M for constants of cells: by its series, for a part of M that is small, squared again. */
final class MatrixExponential {
  private static final int TERMS = 20;

  private MatrixExponential() {}

  static double[][] of(double[][] m) {
    int squarings = 0;
    for (double norm = norm(m); norm > 0.5; norm /= 2) {
      squarings++;
    }
    double[][] small = new double[m.length][m.length];
    double[][] sum = new double[m.length][m.length];
    double[][] term = new double[m.length][m.length];
    for (int i = 0; i < m.length; i++) {
      sum[i][i] = 1;
      term[i][i] = 1;
      for (int j = 0; j < m.length; j++) {
        small[i][j] = Math.scalb(m[i][j], -squarings);
      }
    }
    for (int k = 1; k <= TERMS; k++) {
      term = product(term, small);
      for (int i = 0; i < m.length; i++) {
        for (int j = 0; j < m.length; j++) {
          term[i][j] /= k;
          sum[i][j] += term[i][j];
        }
      }
    }
    for (int k = 0; k < squarings; k++) {
      sum = product(sum, sum);
    }
    return sum;
  }

  /** Returns the largest sum of a row's absolute values. */
  private static double norm(double[][] m) {
    double largest = 0;
    for (double[] row : m) {
      double sum = 0;
      for (double value : row) {
        sum += Math.abs(value);
      }
      largest = Math.max(largest, sum);
    }
    return largest;
  }

  private static double[][] product(double[][] a, double[][] b) {
    double[][] c = new double[a.length][b.length];
    for (int i = 0; i < a.length; i++) {
      for (int k = 0; k < b.length; k++) {
        for (int j = 0; j < b.length; j++) {
          c[i][j] += a[i][k] * b[k][j];
        }
      }
    }
    return c;
  }
}
