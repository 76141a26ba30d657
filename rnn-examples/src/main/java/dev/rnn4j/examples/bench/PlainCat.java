package dev.rnn4j.examples.bench;

import dev.rnn4j.random.NumpyRandom;
import java.util.function.DoubleSupplier;

/** The update of cat-fish, written by hand for its two hidden units. */
final class PlainCat implements DoubleSupplier {
  private static final double[] TIMELINE = {0.25, 0.50, 0.75, 1.00};
  private static final double Y = 1.25;

  private final double rate;
  private final double[] w;
  private final double[] b;
  private final double[] u;
  private final double[] out;
  private double outBias;
  private double h0;
  private double h1;

  PlainCat(NumpyRandom random, double rate) {
    this.rate = rate;
    w = random.randn(1, 2).toDoubles();
    b = random.randn(2).toDoubles();
    u = random.randn(2, 2).toDoubles();
    out = random.randn(2, 1).toDoubles();
    outBias = random.randn();
  }

  @Override
  public double getAsDouble() {
    double p0 = h0;
    double p1 = h1;
    for (double x : TIMELINE) {
      p0 = h0;
      p1 = h1;
      h0 = Math.max(0, x * w[0] + p0 * u[0] + p1 * u[2] + b[0]);
      h1 = Math.max(0, x * w[1] + p0 * u[1] + p1 * u[3] + b[1]);
    }
    double difference = h0 * out[0] + h1 * out[1] + outBias - Y;
    double dy = 2 * difference;
    double d0 = h0 > 0 ? dy * out[0] : 0;
    double d1 = h1 > 0 ? dy * out[1] : 0;
    out[0] -= rate * (h0 * dy);
    out[1] -= rate * (h1 * dy);
    outBias -= rate * dy;
    double x = TIMELINE[TIMELINE.length - 1];
    w[0] -= rate * (x * d0);
    w[1] -= rate * (x * d1);
    u[0] -= rate * (p0 * d0);
    u[1] -= rate * (p0 * d1);
    u[2] -= rate * (p1 * d0);
    u[3] -= rate * (p1 * d1);
    b[0] -= rate * d0;
    b[1] -= rate * d1;
    return difference * difference;
  }
}
