package dev.rnn4j.metric;

/** A sum that keeps what each addition rounds off (Knuth's two-sum): two halves make the whole. */
final class Sum {
  private double high;
  private double low;

  void add(double x) {
    double sum = high + x;
    double part = sum - high;
    double lost = (high - (sum - part)) + (x - part);
    high = sum;
    low += Double.isFinite(lost) ? lost : 0;
  }

  void add(Sum other) {
    add(other.high);
    add(other.low);
  }

  double value() {
    return high + low;
  }
}
