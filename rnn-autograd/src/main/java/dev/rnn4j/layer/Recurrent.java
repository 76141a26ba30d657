package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Signal;

/**
 * A cell applied over a sequence. As a layer it returns the outputs of all steps, {@code [T, N, I]}
 * → {@code [T, N, H]}, from the initial state of the cell; {@link #unroll} takes a state and gives
 * one back. It remembers nothing between calls.
 *
 * @param cell the function of one step
 * @param <S> the cell's state
 */
public record Recurrent<S>(Cell<S> cell) implements RecurrentLayer<S> {
  public Recurrent {
    checkNotNull(cell, "a Recurrent was given null as its cell");
  }

  @Override
  public Unrolled<S> unroll(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.forward(cell, x);
    }
  }

  @Override
  public Unrolled<S> unroll(Signal x, S initial) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.forward(cell, x, initial);
    }
  }

  /**
   * Returns the layer that gives only each sequence's last output that counts, {@code [N, H]};
   * zeros where none does.
   */
  @Override
  public LastStep<S> last() {
    return new LastStep<>(cell);
  }
}
