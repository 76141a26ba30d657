package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;

/**
 * A cell applied over a sequence, of which only each sequence's last output that counts is
 * returned: {@code [T, N, I]} → {@code [N, H]}.
 *
 * @param cell the function of one step
 * @param <S> the cell's state
 */
public record LastStep<S>(Cell<S> cell) implements Layer {
  /** Creates it; nothing may be null. */
  public LastStep {
    checkNotNull(cell, "a LastStep was given null as its cell");
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return Unroll.forward(cell, x).last();
    }
  }
}
