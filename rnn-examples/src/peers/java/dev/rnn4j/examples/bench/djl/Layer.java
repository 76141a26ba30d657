package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A cell over a sequence, as a user of DJL has it. */
interface Layer {
  /** Returns what is trained. */
  List<NDArray> parameters();

  /**
   * Returns the outputs of all steps, {@code [T, N, H]}.
   *
   * @param x {@code [T, N, I]}
   * @param run holds whatever a run needs
   */
  NDArray apply(NDArray x, NDManager run);

  /** Returns the gradients of W and U of every gate, by path. */
  Map<String, Tensor> gradients();
}
