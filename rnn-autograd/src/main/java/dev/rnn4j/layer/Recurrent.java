package dev.rnn4j.layer;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;

/**
 * A cell applied over a sequence. As a layer it returns the outputs of all steps, {@code [T, N, I]}
 * → {@code [T, N, H]}, from the initial state of the cell; {@link #unroll} takes a state and gives
 * one back. It remembers nothing between calls.
 *
 * @param cell the function of one step
 * @param <S> the cell's state
 */
public record Recurrent<S>(Cell<S> cell) implements Layer {
  @Override
  public Node apply(Node sequence) {
    return unroll(sequence).outputs();
  }

  /** Returns outputs and final state, from the cell's initial state. */
  public Unrolled<S> unroll(Node sequence) {
    try (Scope scope = Scope.enter(this)) {
      return unroll(sequence, cell.initialState(Unroll.batchSize(sequence)));
    }
  }

  /** Returns outputs and final state, from a given state: one carried over, an input, another's. */
  public Unrolled<S> unroll(Node sequence, S initial) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.forward(cell, sequence, initial);
    }
  }

  /** Returns the layer that gives only the output of the last step, {@code [N, H]}. */
  public LastStep<S> last() {
    return new LastStep<>(cell);
  }
}
