package dev.rnn4j.metric;

import dev.rnn4j.tensor.Tensor;

/**
 * A number that judges predictions, gathered batch by batch: it is that of all batches together,
 * whatever their sizes. Not thread-safe; parts that were gathered apart are {@linkplain #merge
 * merged}.
 *
 * <pre>{@code
 * Metric accuracy = Metrics.accuracy();
 * for (…) {
 *   accuracy.add(logits, labels, mask);
 * }
 * accuracy.value();
 * }</pre>
 */
public interface Metric {
  /** Returns the name, {@code accuracy} for example. */
  String name();

  /**
   * Takes a batch, all of which counts.
   *
   * @return this
   * @throws dev.rnn4j.tensor.ShapeException where the shapes do not fit
   */
  default Metric add(Tensor prediction, Tensor target) {
    return add(prediction, target, Tensor.scalar(1));
  }

  /**
   * Takes a batch with weights, or a mask of zeros and ones. Where the weight is 0, nothing is
   * looked at: prediction and target may be NaN there.
   *
   * @param weights finite numbers from 0 up in the shape of the target, or of its leading axes:
   *     with {@code [T, N]}, the weight of a position is that of all elements there
   * @return this
   * @throws dev.rnn4j.tensor.ShapeException where the shapes do not fit
   * @throws IllegalArgumentException where a weight is no such number
   */
  Metric add(Tensor prediction, Tensor target, Tensor weights);

  /**
   * Returns whether it judges sequences as wholes, with weights {@code [N]}: its targets {@code [S,
   * N]} are then no positions {@code [T, N]}, and no mask of time steps is meant for them.
   */
  default boolean isOfSequences() {
    return false;
  }

  /** Returns the value for all that was added; NaN where all of it has weight 0. */
  double value();

  /** Returns the sum of the weights of all that was added: without weights, how many count. */
  double weight();

  /**
   * Takes what another metric of the same kind and settings has gathered, and leaves that one as it
   * is.
   *
   * @return this
   * @throws IllegalArgumentException for a metric of another kind, or with other settings
   */
  Metric merge(Metric other);
}
