package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.cell.Begun;
import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.CarriedState;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.ShapeException;
import java.util.function.Supplier;

/**
 * Writes T copies of a cell's nodes into the graph, one for each step of a sequence. That is all
 * there is to recurrence: gradients through time follow from the graph.
 *
 * <p>At a step that does not count the state stays as it was, and the output is zeros. Before a
 * step {@linkplain dev.rnn4j.pass.ForwardPass#beginningAt with which a sequence begins} the state
 * is the cell's initial one.
 */
public final class Unroll {
  private Unroll() {}

  /**
   * Unrolls a cell over a sequence from its first step to its last, from the cell's initial state.
   *
   * @param x {@code [T, N, I]}, T and N at least 1
   * @throws ShapeException where the sequence does not fit
   */
  public static <S> Unrolled<S> forward(Cell<S> cell, Signal x) {
    return run(cell, x, false);
  }

  /**
   * Unrolls a cell over a sequence from its first step to its last.
   *
   * @param x {@code [T, N, I]}, T and N at least 1
   * @param initial the state before the first step
   * @throws ShapeException where sequence or state do not fit
   */
  public static <S> Unrolled<S> forward(Cell<S> cell, Signal x, S initial) {
    return run(cell, x, initial, false);
  }

  /**
   * Unrolls a cell over a sequence from its last step to its first, from the cell's initial state.
   *
   * @param x {@code [T, N, I]}, T and N at least 1
   * @throws ShapeException where the sequence does not fit
   * @see #backward(Cell, Signal, Object)
   */
  public static <S> Unrolled<S> backward(Cell<S> cell, Signal x) {
    return run(cell, x, true);
  }

  /**
   * Unrolls a cell over a sequence from its last step to its first. The outputs stand at the
   * positions that they belong to; the last one that is read stands at 0.
   *
   * @param x {@code [T, N, I]}, T and N at least 1
   * @param initial the state before the sequence's last step
   * @throws ShapeException where sequence or state do not fit
   */
  public static <S> Unrolled<S> backward(Cell<S> cell, Signal x, S initial) {
    return run(cell, x, initial, true);
  }

  static <S> Unrolled<S> run(Cell<S> cell, Signal x, boolean reversed) {
    requireForward(cell, x, reversed);
    Begun<S> begun = inScope(cell, () -> begun(cell, x));
    return run(cell, begun, x, x.pass().state(begun.state()), reversed);
  }

  static <S> Unrolled<S> run(Cell<S> cell, Signal x, S initial, boolean reversed) {
    requireForward(cell, x, reversed);
    x.pass().requireOneEach("a state that a layer is given to begin with");
    Begun<S> begun = inScope(cell, () -> begun(cell, x));
    return run(cell, begun, x, x.pass().withinSequence(initial), reversed);
  }

  private static <S> Unrolled<S> run(
      Cell<S> cell, Begun<S> begun, Signal x, CarriedState<S> carried, boolean reversed) {
    Unrolled<S> unrolled =
        inScope(cell, () -> new Loop<>(cell, begun, x, carried.initial(), reversed).run());
    carried.leave(unrolled.state());
    return unrolled;
  }

  private static void requireForward(Cell<?> cell, Signal x, boolean reversed) {
    if (reversed) {
      x.pass().requireForward("a backward " + cell.getClass().getSimpleName());
    }
  }

  private static <R> R inScope(Cell<?> cell, Supplier<R> body) {
    try (Scope scope = Scope.enter(cell)) {
      return body.get();
    }
  }

  private static <S> Begun<S> begun(Cell<S> cell, Signal x) {
    Begun<S> begun = cell.begin(x.pass(), batchSize(x.values()));
    checkArgument(
        begun != null && begun.step() != null,
        "the cell %s must begin with a state and a step",
        cell.getClass().getSimpleName());
    return begun;
  }

  /** Returns N of a sequence {@code [T, N, I]}, checked. */
  private static int batchSize(Node sequence) {
    if (sequence.shape().rank() != 3) {
      throw new ShapeException(
          "a cell is unrolled over a sequence [T, N, I], time first, and " + sequence + " is none");
    }
    if (sequence.size(0) == 0 || sequence.size(1) == 0) {
      throw new ShapeException(
          "a cell is unrolled over at least one step of one sequence, and "
              + sequence
              + " has T = "
              + sequence.size(0)
              + ", N = "
              + sequence.size(1));
    }
    return sequence.size(1);
  }
}
