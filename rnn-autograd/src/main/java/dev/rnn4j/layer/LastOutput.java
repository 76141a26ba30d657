package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;

/**
 * Of what a layer makes of a sequence, only each sequence's last output that was read and counts,
 * {@code [N, H]}: of a backward cell, that at the sequence's first step.
 *
 * @param layer what unrolls
 * @param <S> the state that it leaves
 */
public record LastOutput<S>(RecurrentLayer<S> layer) implements Layer {
  /** Creates it; nothing may be null. */
  public LastOutput {
    checkNotNull(layer, "a LastOutput was given null as its layer");
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return layer.unroll(x).last();
    }
  }
}
