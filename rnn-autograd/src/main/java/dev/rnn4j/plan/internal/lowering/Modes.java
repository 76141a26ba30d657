package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Trace;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Schedule.Component;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;

/** How each line runs. */
final class Modes {
  /** The ways to run a line. */
  enum Mode {
    /** Once: outside every loop, or the same at every time step. */
    ONCE,
    /** For all time steps at once, along a new first axis. */
    BATCHED,
    /** Step by step. */
    LOOP
  }

  private final Map<Line, Mode> modes = new HashMap<>();
  private final Map<Line, Component> components = new HashMap<>();
  private final boolean batch;

  /**
   * Decides for all components.
   *
   * @param batch whether anything runs for all time steps at once
   */
  Modes(List<Component> order, boolean batch) {
    this.batch = batch;
    for (Component component : order) {
      for (Line line : component.lines()) {
        components.put(line, component);
        modes.put(line, mode(line, component));
      }
    }
  }

  private Mode mode(Line line, Component component) {
    if (component.isLoop()) {
      return Mode.LOOP;
    }
    if (!line.isLooped() || isSteady(line)) {
      return Mode.ONCE;
    }
    boolean all = batch && line.op().batches(line.node(), operand -> moves(line, operand));
    return all ? Mode.BATCHED : Mode.LOOP;
  }

  /** Returns whether a line has the same value at every time step. */
  private boolean isSteady(Line line) {
    return line.op().time() == Trace.NO_STEP
        && IntStream.range(0, line.terms().size())
            .allMatch(term -> isSteady(line, line.present(term)));
  }

  /** Returns whether an operand is the same at every time step: one that is not there, too. */
  private boolean isSteady(Line line, List<Term.Piece> pieces) {
    return pieces.isEmpty()
        || pieces.size() == 1
            && pieces.get(0).covers(line.from(), line.to())
            && (pieces.get(0) instanceof Term.Fixed || isSteadyPiece(pieces.get(0)));
  }

  private boolean isSteadyPiece(Term.Piece piece) {
    return piece != null && piece.line().isLooped() && modes.get(piece.line()) == Mode.ONCE;
  }

  private boolean moves(Line line, int operand) {
    Term.Piece piece = line.terms().get(operand).over(line.from(), line.to());
    return piece instanceof Term.Shifted && !isSteadyPiece(piece);
  }

  Mode of(Line line) {
    return modes.get(line);
  }

  /** Returns whether two lines run in the same loop. */
  boolean together(Line a, Line b) {
    return components.get(a) == components.get(b);
  }

  /** Returns whether the second may add up what the first would compute: both run alike. */
  boolean alike(Line a, Line b) {
    return modes.get(a) == modes.get(b) && (modes.get(a) != Mode.LOOP || together(a, b));
  }
}
