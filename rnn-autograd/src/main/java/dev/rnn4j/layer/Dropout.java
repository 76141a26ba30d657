package dev.rnn4j.layer;

import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;

/**
 * Dropout (Srivastava et al., "Dropout: a simple way to prevent neural networks from overfitting",
 * 2014): in training each value is 0 with the probability of the rate, and divided by 1 − rate
 * otherwise. In inference it is not there.
 *
 * <p>Values are {@code [T, N, ...]}, or {@code [N, I]}.
 *
 * @param rate from 0 up to, not including, 1
 * @see VariationalDropout
 */
public record Dropout(double rate) implements Layer {
  /**
   * Creates the layer.
   *
   * @throws IllegalArgumentException where the rate is not from 0 up to 1
   */
  public Dropout {
    ForwardPass.checkedRate(rate);
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      Shape shape = x.values().shape();
      boolean sequence = shape.rank() > 2 || x.isMasked();
      ForwardPass pass = x.pass();
      return x.map(
          sequence
              ? pass.dropoutOverTime(rate, shape.toArray())
              : pass.dropout(rate, shape.toArray()));
    }
  }
}
