package dev.rnn4j.metric;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.tensor.Tensor;
import java.util.Arrays;
import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The area under the curve of true over false positives. It keeps every score, three doubles for
 * each.
 */
final class RocAuc extends Gathered {
  private double[] scores = new double[64];
  private double[] positive = new double[64];
  private double[] negative = new double[64];
  private int size;

  @Override
  public String name() {
    return "roc-auc";
  }

  @Override
  public Metric add(Tensor prediction, Tensor target, Tensor weights) {
    Positions.checkSameShape(prediction, target);
    Positions.forEach(
        target.shape(),
        weights,
        (position, weight) -> {
          double score = prediction.at(position);
          checkArgument(!Double.isNaN(score), "the score at position %s is NaN", position);
          int label = Scores.label(target, position, 2);
          add(score, label * weight, (1 - label) * weight);
        });
    return this;
  }

  private void add(double score, double ifPositive, double ifNegative) {
    if (size == scores.length) {
      scores = Arrays.copyOf(scores, 2 * size);
      positive = Arrays.copyOf(positive, 2 * size);
      negative = Arrays.copyOf(negative, 2 * size);
    }
    scores[size] = score;
    positive[size] = ifPositive;
    negative[size] = ifNegative;
    size++;
  }

  /** Counts pairs, from the lowest score up; those of equal scores count half. */
  @Override
  public double value() {
    int[] order =
        IntStream.range(0, size)
            .boxed()
            .sorted(Comparator.comparingDouble(i -> scores[i]))
            .mapToInt(Integer::intValue)
            .toArray();
    Sum pairs = new Sum();
    Sum below = new Sum();
    Sum positives = new Sum();
    for (int i = 0; i < size; ) {
      Sum equalPositives = new Sum();
      Sum equalNegatives = new Sum();
      double score = scores[order[i]];
      for (; i < size && scores[order[i]] == score; i++) {
        equalPositives.add(positive[order[i]]);
        equalNegatives.add(negative[order[i]]);
      }
      pairs.add(equalPositives.value() * (below.value() + equalNegatives.value() / 2));
      below.add(equalNegatives);
      positives.add(equalPositives);
    }
    return pairs.value() / (positives.value() * below.value());
  }

  @Override
  public double weight() {
    Sum all = new Sum();
    for (int i = 0; i < size; i++) {
      all.add(positive[i] + negative[i]);
    }
    return all.value();
  }

  @Override
  public Metric merge(Metric other) {
    checkArgument(other instanceof RocAuc, "%s cannot be merged with %s", name(), other.name());
    RocAuc same = (RocAuc) other;
    int gathered = same.size; // which grows where it is this one
    for (int i = 0; i < gathered; i++) {
      add(same.scores[i], same.positive[i], same.negative[i]);
    }
    return this;
  }
}
