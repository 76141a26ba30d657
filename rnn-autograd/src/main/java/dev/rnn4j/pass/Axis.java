package dev.rnn4j.pass;

import java.util.ArrayList;
import java.util.List;

/**
 * What an axis is made of: pieces, the outermost first. A reshape joins {@code [T, N]} to one axis
 * of two pieces, and another one takes them apart. An axis of size 1 has none.
 */
record Axis(List<Piece> pieces) {
  /** What cannot be said of any axis of a node: it depends on where in a batch sequences are. */
  static final Axis LOST = new Axis(List.of(new Piece(Of.LOST, 1, 1)));

  /** The stride of a piece that has some of the time steps, in whatever order. */
  private static final int SOME = 0;

  /** What an index along a piece stands for. */
  enum Of {
    /** A time step. */
    T,
    /** A sequence. */
    N,
    /** A feature, or whatever else is neither a time step nor a sequence. */
    OTHER,
    /** Nothing: all along it is the same. */
    SAME,
    /** What is put beside it: it is of a node that was not computed from the values. */
    ANY,
    /** A time step to one operand, and something else to another. */
    MIXED,
    /** A sequence to one operand, and something else to another. */
    LOST;

    private boolean yields() {
      return this == SAME || this == ANY;
    }

    private boolean isLeading() {
      return this == T || this == N;
    }

    private Of with(Of other) {
      if (this == other || other == SAME || other == ANY && this != SAME) {
        return this;
      }
      if (yields()) {
        return other;
      }
      return this == N || other == N || this == LOST || other == LOST ? LOST : MIXED;
    }
  }

  /**
   * A piece.
   *
   * @param stride how many time steps or sequences one of it is
   */
  record Piece(Of of, int stride, int size) {
    private Piece inner(int count) {
      return new Piece(of, stride, count);
    }

    private Piece outer(int count) {
      return new Piece(of, of.isLeading() ? stride * count : 1, size / count);
    }

    private boolean continues(Piece outer) {
      return of == outer.of && (!of.isLeading() || outer.stride == stride * size);
    }

    private Piece with(Piece other) {
      if (equals(other)) {
        return this;
      }
      Of both = of.with(other.of);
      if (of == both && other.of == both) {
        return new Piece(both == Of.T ? both : Of.LOST, SOME, size); // the same in another order
      }
      return of == both ? this : other.of == both ? other : new Piece(both, 1, size);
    }
  }

  static Axis of(Of of, int size) {
    return new Axis(size == 1 ? List.of() : List.of(new Piece(of, 1, size)));
  }

  /** Returns time steps in whatever order. */
  static Axis someSteps(int size) {
    return new Axis(size == 1 ? List.of() : List.of(new Piece(Of.T, SOME, size)));
  }

  /** Returns whether this is all of T or N, the former in whatever order, and nothing else. */
  boolean isAllOf(Of of, int size) {
    return isOf(of) && pieces.get(0).size == size;
  }

  /** Returns whether this is one piece, of that. */
  boolean isOf(Of of) {
    return pieces.size() == 1 && pieces.get(0).of == of;
  }

  boolean has(Of of) {
    return pieces.stream().anyMatch(piece -> piece.of == of);
  }

  private int size() {
    return pieces.stream().mapToInt(Piece::size).reduce(1, (a, b) -> a * b);
  }

  /** Returns what an axis is in whose place there are two of the same size. */
  Axis with(Axis other) {
    List<Piece> both = new ArrayList<>();
    List<Piece> mine = new ArrayList<>(pieces);
    List<Piece> its = new ArrayList<>(other.pieces);
    while (!mine.isEmpty() && !its.isEmpty()) {
      int count = Math.min(last(mine).size, last(its).size);
      Piece a = take(mine, count);
      Piece b = take(its, count);
      if (a == null || b == null) {
        return blurred(has(Of.N) || other.has(Of.N), size());
      }
      add(a.with(b), both);
    }
    return new Axis(List.copyOf(both));
  }

  private static Axis blurred(boolean sequences, int size) {
    return sequences ? LOST : of(Of.MIXED, size);
  }

  /** Returns the innermost so many elements, which are taken away; null where they are no piece. */
  private static Piece take(List<Piece> pieces, int count) {
    Piece innermost = pieces.remove(pieces.size() - 1);
    if (innermost.size % count != 0) {
      return null;
    }
    if (innermost.size > count) {
      pieces.add(innermost.outer(count));
    }
    return innermost.inner(count);
  }

  private static Piece last(List<Piece> pieces) {
    return pieces.get(pieces.size() - 1);
  }

  /** Puts a piece before those inside of it; two that were one become one. */
  private static void add(Piece outer, List<Piece> pieces) {
    if (pieces.isEmpty() || !pieces.get(0).continues(outer)) {
      pieces.add(0, outer);
    } else {
      Piece inner = pieces.get(0);
      pieces.set(0, new Piece(inner.of, inner.stride, outer.size * inner.size));
    }
  }

  /** Returns the axes of other sizes that have the same elements in order. */
  static List<Axis> reshaped(List<Axis> axes, int[] sizes) {
    List<Piece> left = new ArrayList<>();
    for (int i = axes.size() - 1; i >= 0; i--) {
      List<Piece> own = axes.get(i).pieces;
      for (int j = own.size() - 1; j >= 0; j--) {
        add(own.get(j), left);
      }
    }
    List<Axis> reshaped = new ArrayList<>();
    for (int i = sizes.length - 1; i >= 0; i--) {
      reshaped.add(0, inner(left, sizes[i]));
    }
    return reshaped;
  }

  /** Returns an axis of the innermost so many elements, which are taken away. */
  private static Axis inner(List<Piece> left, int size) {
    List<Piece> taken = new ArrayList<>();
    for (int open = size; open > 1; ) {
      Piece innermost = last(left);
      int count = Math.min(open, innermost.size);
      if (innermost.of == Of.N && count < innermost.size) {
        return LOST; // what is done with a part of a batch depends on which sequences are in it
      }
      if (innermost.size % count == 0 && open % count == 0) {
        add(take(left, count), taken);
        open /= count;
      } else if (left.size() > 1) {
        blur(left);
      } else {
        return blurred(false, size);
      }
    }
    return new Axis(List.copyOf(taken));
  }

  /** Makes one piece of the two innermost, of which an axis has a part of each. */
  private static void blur(List<Piece> left) {
    Piece inner = left.remove(left.size() - 1);
    Piece outer = left.remove(left.size() - 1);
    Of both = inner.of == Of.SAME || outer.of == Of.SAME ? Of.OTHER : inner.of.with(outer.of);
    boolean plain = !inner.of.isLeading() && !outer.of.isLeading();
    boolean sequences = inner.of == Of.N || outer.of == Of.N;
    Of of = plain ? both : sequences ? Of.LOST : Of.MIXED;
    left.add(new Piece(of, 1, inner.size * outer.size));
  }

  /** Returns a part, from an element up to, not including, another. */
  Axis part(int from, int to) {
    int inside = size();
    if (to - from == inside) {
      return this;
    }
    int first = from;
    int end = to;
    for (int i = 0; i < pieces.size(); i++) {
      Piece outer = pieces.get(i);
      inside /= outer.size;
      boolean whole = first % inside == 0 && end % inside == 0;
      if (!whole && first / inside != (end - 1) / inside) {
        break;
      }
      if (outer.of == Of.N && (end - 1) / inside - first / inside + 1 < outer.size) {
        return LOST;
      }
      if (whole) {
        List<Piece> some = new ArrayList<>(pieces.subList(i, pieces.size()));
        int count = (end - first) / inside;
        some.set(0, new Piece(outer.of, outer.of == Of.T ? SOME : outer.stride, count));
        return new Axis(List.copyOf(count == 1 ? some.subList(1, some.size()) : some));
      }
      int before = first / inside * inside;
      first -= before;
      end -= before;
    }
    return blurred(has(Of.N), to - from);
  }

  /** Returns which time step a part has; none where it has several, or other axes are cut. */
  int step(int from, int to, int none) {
    if (pieces.isEmpty() || pieces.get(0).of != Of.T) {
      return none;
    }
    int inside = size() / pieces.get(0).size;
    return to - from == inside && from % inside == 0 ? from / inside : none;
  }
}
