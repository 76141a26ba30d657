package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Signal;
import java.util.List;

/**
 * Two cells over one sequence, one from its beginning and one from its end (Schuster and Paliwal,
 * "Bidirectional Recurrent Neural Networks", 1997): {@code [T, N, I]} → {@code [T, N, 2·H]}, or
 * {@code [T, N, H]} where both are added or multiplied.
 *
 * <p>Its state is a list of two: the one after the sequence's last step, and that of the backward
 * cell after its first.
 *
 * @param forward the cell that reads from the beginning
 * @param backward the cell that reads from the end
 * @param merge what both outputs become
 * @param <S> the state of each cell
 */
public record Bidirectional<S>(Cell<S> forward, Cell<S> backward, Merge merge)
    implements RecurrentLayer<List<S>> {
  /** Creates it; nothing may be null. */
  public Bidirectional {
    checkNotNull(forward, "a Bidirectional was given null as its forward cell");
    checkNotNull(backward, "a Bidirectional was given null as its backward cell");
    checkNotNull(merge, "a Bidirectional was given null as its merge");
  }

  /** Returns both directions side by side. */
  public static <S> Bidirectional<S> of(Cell<S> forward, Cell<S> backward) {
    return new Bidirectional<>(forward, backward, Merge.CONCATENATE);
  }

  /** Returns these two cells, merged in another way. */
  public Bidirectional<S> merged(Merge otherwise) {
    return new Bidirectional<>(forward, backward, otherwise);
  }

  @Override
  public Unrolled<List<S>> unroll(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return joined(x, Unroll.forward(forward, x), Unroll.backward(backward, x));
    }
  }

  @Override
  public Unrolled<List<S>> unroll(Signal x, List<S> initial) {
    checkArgument(
        initial.size() == 2,
        "a bidirectional layer begins with two states, and was given %s",
        initial.size());
    try (Scope scope = Scope.enter(this)) {
      return joined(
          x,
          Unroll.forward(forward, x, initial.get(0)),
          Unroll.backward(backward, x, initial.get(1)));
    }
  }

  private Unrolled<List<S>> joined(Signal x, Unrolled<S> ahead, Unrolled<S> back) {
    return new Unrolled<>(
        x.with(merge.of(ahead.outputs().values(), back.outputs().values())),
        ahead.last().with(merge.of(ahead.last().values(), back.last().values())),
        List.of(ahead.state(), back.state()));
  }
}
