package dev.rnn4j.train.internal.graph;

import dev.rnn4j.io.Batch;
import dev.rnn4j.tensor.Tensor;

/**
 * A mask that must be 1 everywhere, as an input may be {@code [T, N]}, which it is for, or {@code
 * [N, ...]}, which it is not. The values decide whether that matters, and plans do not know them.
 *
 * @param part the place of the mask in the batch
 * @param input the name of the input
 */
record FullMask(int part, String input) {
  /** Refuses a batch in which a step does not count; allocates nothing else. */
  void check(Batch batch) {
    Tensor mask = batch.parts().get(part).tensor();
    int elements = mask.shape().elements();
    for (int i = 0; i < elements; i++) {
      if (mask.at(i) != 1) {
        throw new IllegalArgumentException(
            "the mask of the batch is for inputs [T, N, ...], and whether "
                + input
                + " "
                + batch.get(input).shape()
                + " is [T, N] or [N, ...] cannot be told, as both fit: say Axes.TIME_BATCH or"
                + " Axes.BATCH behind the tensor");
      }
    }
  }
}
