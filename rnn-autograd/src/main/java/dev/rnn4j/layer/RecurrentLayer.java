package dev.rnn4j.layer;

import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;

/**
 * A layer that unrolls cells. As a layer it returns the outputs of all steps, {@code [T, N, I]} →
 * {@code [T, N, H]}.
 *
 * @param <S> the state that it leaves
 */
public interface RecurrentLayer<S> extends Layer {
  /** Returns outputs and final state, from the initial states of the cells. */
  Unrolled<S> unroll(Signal x);

  /** Returns outputs and final state, from a given state: one carried over, an input, another's. */
  Unrolled<S> unroll(Signal x, S initial);

  @Override
  default Signal apply(Signal x) {
    return unroll(x).outputs();
  }

  /**
   * Returns the layer that gives only each sequence's last output that was read and counts, {@code
   * [N, H]}; zeros where none does.
   */
  default Layer last() {
    return new LastOutput<>(this);
  }
}
