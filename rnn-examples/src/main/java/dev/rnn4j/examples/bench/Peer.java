package dev.rnn4j.examples.bench;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;

/**
 * Another library that runs each {@link LayerTask}, too. A {@link java.util.ServiceLoader} finds it
 * where the build brought one, and {@link dev.rnn4j.examples.bench.pytorch.PyTorch} is one that
 * Python has: see {@link Peers}.
 */
public interface Peer extends AutoCloseable {
  /** Returns the library's name and version. */
  String name();

  /** Starts the library; called once, before everything else. */
  void start(int threads);

  /**
   * Returns a task with a layer of a cell.
   *
   * @param parameters the cell's parameters by path, to begin with
   * @param x the sequences, {@code [T, N, I]}
   */
  PeerRun run(
      LayerTask task, PeerCell cell, Map<String, Tensor> parameters, Sizes sizes, float[] x);

  @Override
  void close();
}
