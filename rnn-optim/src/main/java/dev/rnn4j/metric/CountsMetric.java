package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Tensor;
import java.util.function.ToDoubleFunction;

/** One number of a confusion matrix, or of other counts. */
final class CountsMetric<C extends ClassCounts> extends Gathered {
  private final String name;
  private final C counts;
  private final ToDoubleFunction<C> value;

  CountsMetric(String name, C counts, ToDoubleFunction<C> value) {
    this.name = checkNotNull(name, "a metric was given null as its name");
    this.counts = checkNotNull(counts, "a metric was given null as its counts");
    this.value = checkNotNull(value, "a metric was given null as its value");
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Metric add(Tensor prediction, Tensor target, Tensor weights) {
    counts.add(prediction, target, weights);
    return this;
  }

  @Override
  public double value() {
    return value.applyAsDouble(counts);
  }

  @Override
  public double weight() {
    return counts.weight();
  }

  @Override
  public Metric merge(Metric other) {
    checkArgument(
        other instanceof CountsMetric<?> same && same.name.equals(name),
        "%s cannot be merged with %s",
        name,
        other.name());
    counts.merge(((CountsMetric<?>) other).counts);
    return this;
  }
}
