package dev.rnn4j.train.internal.step;

import com.google.common.primitives.Doubles;
import dev.rnn4j.tensor.Resumable;
import dev.rnn4j.tensor.Tensor;
import dev.rnn4j.train.internal.graph.LossForm;
import dev.rnn4j.train.internal.saved.Columns;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Losses over any number of batches: sums and weights add up, each in a fixed binary tree, and
 * their quotients are exact means. Of a loss that is a sum, the mean over batches.
 */
public final class LossMeans implements Resumable {
  private static final String FACTORS = "factors";
  private static final String SUMS = "sums/";
  private static final String WEIGHTS = "weights/";

  /** How much each loss counts; null before the first ones are added. */
  private double[] factors;

  private Tree sums;
  private Tree weights;
  private double[] values;

  /** Adds the losses of a batch, or of an update. */
  void add(LossForm losses, double[] newSums, double[] newWeights) {
    if (factors == null) {
      begin(Doubles.toArray(losses.factors()));
    }
    System.arraycopy(newSums, 0, values, 0, values.length);
    sums.add(values);
    System.arraycopy(newWeights, 0, values, 0, values.length);
    weights.add(values);
  }

  private void begin(double[] newFactors) {
    factors = newFactors;
    sums = new Tree(factors.length);
    weights = new Tree(factors.length);
    values = new double[factors.length];
  }

  /** Returns whether nothing was added. */
  public boolean isEmpty() {
    return factors == null;
  }

  /** Returns whether any of what was added counts. */
  public boolean counts() {
    double[] allWeights = new double[values.length];
    weights.sums(allWeights);
    return Arrays.stream(allWeights).anyMatch(weight -> weight > 0);
  }

  /** Returns what training makes small, over all that was added. */
  public double total() {
    double[] allSums = new double[values.length];
    double[] allWeights = new double[values.length];
    sums.sums(allSums);
    weights.sums(allWeights);
    return LossForm.total(factors, allSums, allWeights);
  }

  @Override
  public Map<String, Tensor> state() {
    Map<String, Tensor> state = new LinkedHashMap<>();
    if (factors != null) {
      state.put(FACTORS, Tensor.of(factors));
      sums.state().forEach((name, tensor) -> state.put(SUMS + name, tensor));
      weights.state().forEach((name, tensor) -> state.put(WEIGHTS + name, tensor));
    }
    return state;
  }

  @Override
  public void restore(Map<String, Tensor> state) {
    if (state.isEmpty()) {
      factors = null;
      return;
    }
    LossMeans restored = new LossMeans();
    restored.begin(Columns.get(state, FACTORS).toDoubles());
    restored.sums.restore(Columns.under(SUMS, state));
    restored.weights.restore(Columns.under(WEIGHTS, state));
    factors = restored.factors;
    sums = restored.sums;
    weights = restored.weights;
    values = restored.values;
  }
}
