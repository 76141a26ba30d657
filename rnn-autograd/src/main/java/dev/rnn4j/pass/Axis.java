package dev.rnn4j.pass;

import java.util.ArrayList;
import java.util.List;

/**
 * What an axis is made of: pieces of the values' axes, the outermost first. A reshape joins {@code
 * [T, N]} to one axis of two pieces, and another one takes them apart.
 */
record Axis(List<Piece> pieces) {
  /** What nothing is known of. */
  private static final int UNKNOWN = -1;

  /** What is one of the values' axes in one operand, and another of them in another. */
  private static final int SEVERAL = -2;

  /** What comes from a matrix, and is none of the values' axes. */
  static final int NEW = -3;

  /** The stride of a part of an axis whose other parts are not there. */
  private static final int PART = 0;

  /**
   * A piece.
   *
   * @param axis which one of the values' axes it is of, from 0 on
   * @param stride how far one of the piece is along that axis
   */
  record Piece(int axis, int stride, int size) {
    /** Returns whether this goes on inside of an outer piece of the same axis. */
    boolean continues(Piece outer) {
      return axis >= 0 && axis == outer.axis && outer.stride == stride * size;
    }
  }

  static Axis of(Piece piece) {
    return new Axis(List.of(piece));
  }

  static Axis unknown(int size) {
    return of(new Piece(UNKNOWN, 1, size));
  }

  /** Returns one axis of several. */
  static Axis joined(List<Axis> axes) {
    return new Axis(axes.stream().flatMap(axis -> axis.pieces.stream()).toList());
  }

  /** Returns whether this is one of the values' axes, and nothing else. */
  boolean isAllOf(int axis, int size) {
    return pieces.size() == 1 && pieces.get(0).equals(new Piece(axis, 1, size));
  }

  /** Returns whether some of it is known to be of the values' axes. */
  boolean isKnown() {
    return pieces.stream().anyMatch(piece -> piece.axis >= 0 || piece.axis == SEVERAL);
  }

  boolean isNew() {
    return pieces.stream().anyMatch(piece -> piece.axis == NEW);
  }

  /** Returns what an axis is in whose place there are two. */
  Axis with(Axis other) {
    if (!other.isKnown()) {
      return isKnown() || !other.isNew() ? this : other;
    }
    int size = pieces.stream().mapToInt(Piece::size).reduce(1, (a, b) -> a * b);
    return !isKnown() || equals(other) ? other : of(new Piece(SEVERAL, 1, size));
  }

  /** Returns the axis with a stride, up to the stride of what is outside of it. */
  Axis between(int from, int to) {
    List<Piece> taken = new ArrayList<>();
    boolean apart = true;
    int stride = 1;
    for (int i = pieces.size() - 1; i >= 0; i--) {
      Piece piece = pieces.get(i);
      int end = stride * piece.size;
      int low = Math.max(stride, from);
      int high = Math.min(end, to);
      if (low < high) {
        apart &= low % stride == 0 && high % low == 0 && end % high == 0;
        add(new Piece(piece.axis, piece.stride * (low / stride), high / low), taken);
      }
      stride = end;
    }
    if (apart) {
      return new Axis(List.copyOf(taken));
    }
    boolean leading = taken.stream().anyMatch(piece -> piece.axis == 0 || piece.axis == 1);
    int size = to / from;
    if (taken.size() == 1) {
      return of(new Piece(taken.get(0).axis, PART, size));
    }
    return leading ? of(new Piece(SEVERAL, 1, size)) : unknown(size);
  }

  /** Puts a piece before those inside of it; two that were one become one. */
  private static void add(Piece outer, List<Piece> pieces) {
    if (pieces.isEmpty() || !pieces.get(0).continues(outer)) {
      pieces.add(0, outer);
    } else {
      Piece inner = pieces.get(0);
      pieces.set(0, new Piece(inner.axis, inner.stride, outer.size * inner.size));
    }
  }
}
