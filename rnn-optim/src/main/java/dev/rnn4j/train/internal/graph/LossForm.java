package dev.rnn4j.train.internal.graph;

import com.google.common.collect.ImmutableList;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The losses of an objective, whatever the batch.
 *
 * @param names their names
 * @param factors how much each counts
 * @param totals which of them are sums that nothing divides
 */
public record LossForm(
    ImmutableList<String> names, ImmutableList<Double> factors, ImmutableList<Boolean> totals) {
  public int size() {
    return names.size();
  }

  /** Returns what the sum of a loss is multiplied with: where nothing counts, 0. */
  public double seed(int loss, double weight) {
    return weight == 0 ? 0 : factors.get(loss) / weight;
  }

  /** Returns the mean of a loss: where nothing counts, 0. */
  static double mean(double sum, double weight) {
    return weight == 0 ? 0 : sum / weight;
  }

  /** Returns what training makes small. */
  public double total(double[] sums, double[] weights) {
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      total += factors.get(i) * mean(sums[i], weights[i]);
    }
    return total;
  }

  /** Returns what training makes small, of losses that count so much. */
  public static double total(double[] factors, double[] sums, double[] weights) {
    double total = 0;
    for (int i = 0; i < sums.length; i++) {
      total += factors[i] * mean(sums[i], weights[i]);
    }
    return total;
  }

  /** Returns numbers, one for each loss, by the losses' names. */
  public Map<String, Double> named(double[] numbers) {
    Map<String, Double> named = new LinkedHashMap<>();
    for (int i = 0; i < numbers.length; i++) {
      named.put(names.get(i), numbers[i]);
    }
    return named;
  }

  /** Returns the means by the losses' names. */
  public Map<String, Double> means(double[] sums, double[] weights) {
    double[] means = new double[sums.length];
    for (int i = 0; i < means.length; i++) {
      means[i] = mean(sums[i], weights[i]);
    }
    return named(means);
  }
}
