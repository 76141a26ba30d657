package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Signal;

/**
 * A cell applied over a sequence from its end to its beginning. Outputs stand at the positions that
 * they belong to; under a mask a sequence is read from its own last step that counts.
 *
 * @param cell the function of one step
 * @param <S> the cell's state
 */
public record Reversed<S>(Cell<S> cell) implements RecurrentLayer<S> {
  /** Creates it; nothing may be null. */
  public Reversed {
    checkNotNull(cell, "a Reversed was given null as its cell");
  }

  @Override
  public Unrolled<S> unroll(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.backward(cell, x);
    }
  }

  @Override
  public Unrolled<S> unroll(Signal x, S initial) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.backward(cell, x, initial);
    }
  }
}
