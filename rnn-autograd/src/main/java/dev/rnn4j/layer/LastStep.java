package dev.rnn4j.layer;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;

/**
 * A cell applied over a sequence, of which only the last output is returned: {@code [T, N, I]} →
 * {@code [N, H]}.
 *
 * @param cell the function of one step
 * @param <S> the cell's state
 */
public record LastStep<S>(Cell<S> cell) implements Layer {
  @Override
  public Node apply(Node sequence) {
    return new Recurrent<>(cell).unroll(sequence).last();
  }
}
