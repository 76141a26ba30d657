package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;
import java.util.function.DoubleUnaryOperator;

/** A function of the weighted mean of a term at each position. */
final class MeanMetric extends Gathered {
  /** The term of one position. */
  @FunctionalInterface
  interface Term {
    double at(Tensor prediction, Tensor target, int position);
  }

  /** Refuses shapes that do not fit. */
  @FunctionalInterface
  interface Check {
    void of(Tensor prediction, Tensor target);
  }

  private final String name;
  private final Object settings;
  private final Check check;
  private final Term term;
  private final DoubleUnaryOperator ofMean;
  private final Sum terms = new Sum();
  private final Sum weights = new Sum();

  /**
   * Creates a metric.
   *
   * @param settings what tells it from others of its name
   * @param ofMean what is done to the mean at the end
   */
  MeanMetric(String name, Object settings, Check check, Term term, DoubleUnaryOperator ofMean) {
    this.name = name;
    this.settings = settings;
    this.check = check;
    this.term = term;
    this.ofMean = ofMean;
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Metric add(Tensor prediction, Tensor target, Tensor given) {
    check.of(prediction, target);
    Positions.forEach(
        target.shape(),
        given,
        (position, weight) -> {
          terms.add(weight * term.at(prediction, target, position));
          weights.add(weight);
        });
    return this;
  }

  @Override
  public double value() {
    return ofMean.applyAsDouble(terms.value() / weights.value());
  }

  @Override
  public double weight() {
    return weights.value();
  }

  @Override
  public Metric merge(Metric other) {
    checkArgument(
        other instanceof MeanMetric same
            && same.name.equals(name)
            && same.settings.equals(settings),
        "%s cannot be merged with %s, or the settings differ",
        name,
        other.name());
    MeanMetric same = (MeanMetric) other;
    terms.add(same.terms);
    weights.add(same.weights);
    return this;
  }
}
