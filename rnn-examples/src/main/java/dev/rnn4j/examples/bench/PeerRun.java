package dev.rnn4j.examples.bench;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.function.DoubleSupplier;

/**
 * A {@link LayerTask} set up in another library; each run returns the number that the task names.
 */
public interface PeerRun extends DoubleSupplier, AutoCloseable {
  /** Returns the last run's gradients of W and U of every gate, by path and in our layout. */
  Map<String, Tensor> gradients();

  @Override
  void close();
}
