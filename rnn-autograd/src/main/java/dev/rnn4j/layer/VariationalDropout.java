package dev.rnn4j.layer;

import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;

/**
 * Dropout with the same mask at all steps of a sequence (Gal and Ghahramani, "A theoretically
 * grounded application of dropout in recurrent neural networks", 2016): a sequence loses the same
 * features throughout.
 *
 * <p>Values are {@code [T, N, ...]}.
 *
 * @param rate from 0 up to, not including, 1
 * @see Dropout
 */
public record VariationalDropout(double rate) implements Layer {
  /**
   * Creates the layer.
   *
   * @throws IllegalArgumentException where the rate is not from 0 up to 1
   */
  public VariationalDropout {
    ForwardPass.checkedRate(rate);
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      Shape shape = x.values().shape();
      if (shape.rank() < 3) {
        throw new ShapeException(
            "variational dropout takes sequences [T, N, ...], time first, and was given "
                + x.values());
      }
      return x.map(x.pass().dropout(rate, shape.without(0).toArray()));
    }
  }
}
