package dev.rnn4j.train;

/** A weighted mean, NaN of nothing. */
final class Mean {
  private double sum;
  private double weights;

  void add(double value, double weight) {
    sum += value * weight;
    weights += weight;
  }

  double value() {
    return sum / weights;
  }
}
