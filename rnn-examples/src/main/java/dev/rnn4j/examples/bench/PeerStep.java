package dev.rnn4j.examples.bench;

import dev.rnn4j.tensor.Tensor;
import java.util.Map;
import java.util.function.DoubleSupplier;

/** A training step of another library: forward, backward and update; it returns the loss. */
public interface PeerStep extends DoubleSupplier, AutoCloseable {
  /** Returns the last run's gradients of W and U of every gate, by path and in our layout. */
  Map<String, Tensor> gradients();

  @Override
  void close();
}
