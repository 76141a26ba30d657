package dev.rnn4j.examples.bench;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * Another library that does the same training steps. A {@link java.util.ServiceLoader} finds it
 * where the build brought one: see {@link Peers}.
 */
public interface Peer {
  /** Returns the library's name and version. */
  String name();

  /** Starts the library; called once, before everything else. */
  void start(int threads);

  /**
   * Returns the training step of a cell, as {@link CellStep} does it.
   *
   * @param parameters the cell's parameters by path, to begin with
   * @param x the sequences, {@code [T, N, I]}
   */
  PeerStep step(PeerCell cell, Map<String, Tensor> parameters, Sizes sizes, float[] x);
}
