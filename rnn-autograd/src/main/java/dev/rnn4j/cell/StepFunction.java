package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;

/**
 * What a cell does at each step of a sequence that has begun.
 *
 * @param <S> the state
 */
@FunctionalInterface
public interface StepFunction<S> {
  /**
   * Returns the output and the state after one step.
   *
   * @param x the input of the step, {@code [N, I]}
   * @param state the state before it
   */
  Step<S> step(Node x, S state);
}
