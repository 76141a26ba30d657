package dev.rnn4j.examples.bench.djl;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.NDManager;
import dev.rnn4j.tensor.Tensor;
import java.util.List;
import java.util.Map;

/** A cell over a sequence, as a user of DJL has it. */
interface Layer {
  /** Returns what is trained. */
  List<NDArray> parameters();

  /** Returns the state of a sequence that begins, for N sequences. */
  NDList begin(NDManager run, long n);

  /**
   * Returns the outputs of all steps, {@code [T, N, H]}, and behind them the state after the last.
   *
   * @param x {@code [T, N, I]}
   */
  NDList apply(NDArray x, NDList state);

  /** Returns the gradients of W and U of every gate, by path. */
  Map<String, Tensor> gradients();
}
