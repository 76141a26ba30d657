package dev.rnn4j.plan.internal.lines;

import com.google.common.collect.Iterables;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One operand of a line, over all its time steps: pieces, of which most terms have one. A variadic
 * op of a single line has a term for each run of operands that are neighbours in time.
 *
 * @param pieces in ascending time
 */
public record Term(List<Piece> pieces) {
  /** A part of a term's time steps with one source. */
  public sealed interface Piece {
    /** Returns the first time step, of the line that has the term. */
    int from();

    /** Returns the last time step. */
    int to();

    /** Returns the line that is read. */
    Line line();

    /** Returns the time step of the source that is read at time step t. */
    int source(int t);

    /**
     * Returns the part of this in which the source is computed, while its reader is: empty where
     * there is none.
     */
    Optional<Piece> present(int from, int to);

    /** Returns whether these time steps are all of a range. */
    default boolean covers(int first, int last) {
      return from() <= first && to() >= last;
    }

    /** Returns the same piece of another line with the same time steps. */
    Piece of(Line other);
  }

  /** The same node at every time step. */
  public record Fixed(int from, int to, Line line, int at) implements Piece {
    @Override
    public Piece of(Line other) {
      return new Fixed(from, to, other, at);
    }

    @Override
    public int source(int t) {
      return at;
    }

    @Override
    public Optional<Piece> present(int first, int last) {
      boolean computed = line.from() <= at && at <= line.to();
      int begin = Math.max(from, first);
      int end = Math.min(to, last);
      return computed && begin <= end
          ? Optional.of(new Fixed(begin, end, line, at))
          : Optional.empty();
    }
  }

  /** The member of another line a constant distance back in time. */
  public record Shifted(int from, int to, Line line, int distance) implements Piece {
    @Override
    public Piece of(Line other) {
      return new Shifted(from, to, other, distance);
    }

    @Override
    public int source(int t) {
      return t - distance;
    }

    @Override
    public Optional<Piece> present(int first, int last) {
      if (!line.isLive()) {
        return Optional.empty();
      }
      int begin = Math.max(Math.max(from, first), line.from() + distance);
      int end = Math.min(Math.min(to, last), line.to() + distance);
      return begin <= end ? Optional.of(new Shifted(begin, end, line, distance)) : Optional.empty();
    }
  }

  /** Neighbouring members of a looped line, as neighbouring operands of a single one. */
  public record Span(Line line, int at, int count) implements Piece {
    @Override
    public Piece of(Line other) {
      return new Span(other, at, count);
    }

    @Override
    public Optional<Piece> present(int first, int last) {
      int begin = Math.max(at, line.from());
      int end = Math.min(at + count - 1, line.to());
      return begin <= end ? Optional.of(new Span(line, begin, end - begin + 1)) : Optional.empty();
    }

    @Override
    public int from() {
      return 0;
    }

    @Override
    public int to() {
      return 0;
    }

    @Override
    public int source(int t) {
      return at;
    }
  }

  /** Returns the pieces that are there while the line that has this term is computed. */
  List<Piece> present(int from, int to) {
    return pieces.stream().flatMap(piece -> piece.present(from, to).stream()).toList();
  }

  /** Returns whether one of some lines is read. */
  boolean reads(Map<Line, Line> some) {
    return Iterables.any(pieces, piece -> some.containsKey(piece.line()));
  }

  /** Returns this term with other lines in the place of some. */
  Term with(Map<Line, Line> instead) {
    return new Term(
        pieces.stream().map(p -> p.of(instead.getOrDefault(p.line(), p.line()))).toList());
  }

  /** Returns the one piece that covers a range, or null. */
  public Piece over(int from, int to) {
    return Iterables.find(pieces, piece -> piece.covers(from, to), null);
  }
}
