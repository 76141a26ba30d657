package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;

/**
 * 1 − Σ w (y − ŷ)² / Σ w (y − ȳ)²; means and squares are updated as by West (1979), and merged as
 * by Chan, Golub and LeVeque (1983), so that a large ȳ costs no digits.
 */
final class RSquared extends Gathered {
  private final Sum errors = new Sum();
  private double count;
  private double weight;
  private double mean;
  private double squares;

  @Override
  public String name() {
    return "r-squared";
  }

  @Override
  public Metric add(Tensor prediction, Tensor target, Tensor weights) {
    Positions.checkSameShape(prediction, target);
    Positions.forEach(
        target.shape(),
        weights,
        (position, w) -> {
          double y = target.at(position);
          double error = y - prediction.at(position);
          errors.add(w * error * error);
          combine(1, w, y, 0);
        });
    return this;
  }

  private void combine(double otherCount, double otherWeight, double otherMean, double others) {
    double all = weight + otherWeight;
    double apart = otherMean - mean;
    mean += apart * (otherWeight / all);
    squares += others + apart * apart * (weight * (otherWeight / all));
    weight = all;
    count += otherCount;
  }

  @Override
  public double value() {
    if (count < 2 || Double.isNaN(errors.value())) {
      return Double.NaN;
    }
    if (squares == 0) {
      return errors.value() == 0 ? 1 : 0;
    }
    return 1 - errors.value() / squares;
  }

  @Override
  public double weight() {
    return weight;
  }

  @Override
  public Metric merge(Metric other) {
    checkArgument(other instanceof RSquared, "%s cannot be merged with %s", name(), other.name());
    RSquared same = (RSquared) other;
    if (same.count > 0) {
      combine(same.count, same.weight, same.mean, same.squares);
      errors.add(same.errors);
    }
    return this;
  }
}
