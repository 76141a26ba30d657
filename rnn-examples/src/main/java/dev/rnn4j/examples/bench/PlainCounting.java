package dev.rnn4j.examples.bench;

import java.util.function.DoubleSupplier;

/** The update of counting-linear, written by hand for its two weights. */
final class PlainCounting implements DoubleSupplier {
  private static final double[][] X = {{1, 0, 0}, {1, 1, 0}, {1, 1, 1}};
  private static final double[] Y = {1, 2, 3};

  private double wx;
  private double wrec;

  PlainCounting(double wx, double wrec) {
    this.wx = wx;
    this.wrec = wrec;
  }

  @Override
  public double getAsDouble() {
    double cost = 0;
    double dwx = 0;
    double dwrec = 0;
    for (int n = 0; n < X.length; n++) {
      double[] x = X[n];
      double s1 = x[0] * wx;
      double s2 = x[1] * wx + s1 * wrec;
      double s3 = x[2] * wx + s2 * wrec;
      double difference = s3 - Y[n];
      double d3 = difference * 2 / 3;
      double d2 = d3 * wrec;
      double d1 = d2 * wrec;
      dwx += d3 * x[2] + d2 * x[1] + d1 * x[0];
      dwrec += d3 * s2 + d2 * s1;
      cost += difference * difference;
    }
    wx -= 0.02 * dwx;
    wrec -= 0.0006 * dwrec;
    return cost / 3;
  }
}
