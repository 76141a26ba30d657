package dev.rnn4j.plan.internal.lowering;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ListMultimap;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Who reads which line, and which lines only pass another's value on. */
final class Uses {
  /**
   * One reading of a line.
   *
   * @param user the line that reads
   * @param piece where it reads
   */
  record Reading(Line user, Term.Piece piece) {}

  private final Map<Line, Term.Piece> aliases = new HashMap<>();
  private final ListMultimap<Line, Reading> direct = ArrayListMultimap.create();
  private final ListMultimap<Line, Line> effective = ArrayListMultimap.create();
  private final Set<Line> kept = new HashSet<>();

  /**
   * Collects the uses of lines.
   *
   * @param outputs nodes whose values must last
   */
  Uses(Lines lines, List<Line> live, List<Node> outputs) {
    for (Line line : live) {
      Term.Piece alias = alias(line);
      if (alias != null) {
        aliases.put(line, alias);
      }
    }
    for (Line line : live) {
      for (Term.Piece piece : line.present()) {
        direct.put(piece.line(), new Reading(line, piece));
        if (!aliases.containsKey(line)) {
          effective.put(origin(piece), line);
        }
      }
    }
    for (Node output : outputs) {
      if (!lines.isAbsent(output)) {
        Line line = lines.of(output);
        kept.add(line);
        kept.add(resolve(new Term.Fixed(0, 0, line, line.stepOf(output))).line());
      }
    }
  }

  /** Returns the operand whose value is the line's own at every time step, or null. */
  private Term.Piece alias(Line line) {
    List<Term.Piece> pieces = line.present();
    if (pieces.size() != 1) {
      return null;
    }
    Term.Piece piece = pieces.get(0);
    int position = 0;
    while (line.present(position).isEmpty()) {
      position++;
    }
    if (!line.op().passesOn(position)
        || !piece.covers(line.from(), line.to())
        || !piece.line().shape().equals(line.shape())
        || (line.kind() == Kind.STATE && !(piece instanceof Term.Fixed))) {
      return null;
    }
    if (piece instanceof Term.Span span) {
      return span.count() == 1 ? new Term.Fixed(0, 0, span.line(), span.at()) : null;
    }
    return piece;
  }

  /** Returns the operand that a line passes on, or null where it computes something. */
  Term.Piece aliasOf(Line line) {
    return aliases.get(line);
  }

  /** Returns the piece that reads, past all lines that only pass on, where the value comes from. */
  Term.Piece resolve(Term.Piece piece) {
    Term.Piece source = piece;
    for (Term.Piece next = through(source); next != null; next = through(source)) {
      source = next;
    }
    return source;
  }

  /** Returns the line that computes what a piece reads, also where no piece of it says so. */
  private Line origin(Term.Piece piece) {
    Line line = resolve(piece).line();
    Term.Piece alias = aliases.get(line);
    return alias == null ? line : origin(alias);
  }

  /** Returns what a piece reads through the line that it reads, or null where that computes. */
  private Term.Piece through(Term.Piece piece) {
    Term.Piece alias = aliases.get(piece.line());
    if (alias == null) {
      return null;
    }
    if (piece instanceof Term.Fixed fixed) {
      return new Term.Fixed(fixed.from(), fixed.to(), alias.line(), alias.source(fixed.at()));
    }
    if (alias instanceof Term.Shifted shifted) {
      if (piece instanceof Term.Shifted outer) {
        int distance = outer.distance() + shifted.distance();
        return new Term.Shifted(outer.from(), outer.to(), shifted.line(), distance);
      }
      Term.Span span = (Term.Span) piece;
      return new Term.Span(shifted.line(), span.at() - shifted.distance(), span.count());
    }
    return piece instanceof Term.Shifted outer
        ? new Term.Fixed(outer.from(), outer.to(), alias.line(), alias.source(outer.from()))
        : null;
  }

  /** Returns every reading of a line, by lines that pass it on too. */
  List<Reading> of(Line line) {
    return direct.get(line);
  }

  /** Returns the only line that computes with a value, at one place; null for more or fewer. */
  Line onlyUser(Line line) {
    List<Line> users = effective.get(line);
    return users.size() == 1 && !kept.contains(line) ? users.get(0) : null;
  }

  /** Returns whether a line's values must last to the end. */
  boolean isKept(Line line) {
    return kept.contains(line);
  }
}
