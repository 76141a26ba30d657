package dev.rnn4j.io;

import dev.rnn4j.tensor.Tensor;

/**
 * What data hands to training: inputs and the targets that belong to them, time-major.
 *
 * @param inputs {@code [T, N, I]}
 * @param targets {@code [T, N, O]} for a target at every step, {@code [N, O]} for one at the end
 */
public record Batch(Tensor inputs, Tensor targets) {
  /** Returns N, the number of sequences. */
  public int sequences() {
    return inputs.shape().size(1);
  }
}
