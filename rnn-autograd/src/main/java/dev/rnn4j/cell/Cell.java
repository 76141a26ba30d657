package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.pass.ForwardPass;

/**
 * A function of one time step: {@code (output, state) = step(x, state)}. A cell is a record of its
 * parameters and of other modules; its state is a node, or a record or list of nodes. It remembers
 * nothing: what passes from step to step is the state.
 *
 * <pre>{@code
 * S state = initial;
 * for (int t = 0; t < T; t++) {
 *   Step<S> step = cell.step(sequence.step(t), state);
 *   output[t] = step.output();
 *   state = step.state();
 * }
 * }</pre>
 *
 * @param <S> the state
 */
public interface Cell<S> {
  /** Returns the state before the first step, for N sequences: zeros, unless a cell says more. */
  S initialState(int batchSize);

  /**
   * Returns the output and the state after one step.
   *
   * @param x the input of the step, {@code [N, I]}
   * @param state the state before it
   */
  Step<S> step(Node x, S state);

  /**
   * Begins N sequences: gives the state to begin with and the step, and draws what is drawn once
   * for a sequence. Most cells need no more than {@link #initialState} and {@link #step}.
   *
   * @param pass the forward pass that is being built, which hands out random nodes; those that the
   *     step asks it for are drawn anew at each step
   */
  default Begun<S> begin(ForwardPass pass, int batchSize) {
    return new Begun<>(initialState(batchSize), this::step);
  }
}
