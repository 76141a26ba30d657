package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Where the values of lines lie. A line's time steps lie one after the other in one buffer, so that
 * slices, stacks and "the step before" are views; with room at the ends for the states before the
 * first step. What is read only in the time step that computes it takes one slot.
 */
final class Placement {
  private record Slot(Line line, int step) {}

  private final Uses uses;
  private final Modes modes;
  private final Sums sums;
  private final Map<Line, Place> places = new HashMap<>();
  private final Map<Line, int[]> slots = new HashMap<>();
  private final Set<Line> copied = new HashSet<>();
  private final Map<Line, Place> copies = new HashMap<>();
  private final Map<Double, Buffer> numbers = new HashMap<>();

  Placement(Uses uses, Modes modes, Sums sums, List<Line> live) {
    this.uses = uses;
    this.modes = modes;
    this.sums = sums;
    List<Line> states =
        live.stream()
            .filter(line -> line.kind() == Kind.STATE && uses.aliasOf(line) == null)
            .toList();
    while (!reserve(states)) {
      slots.clear(); // a state that is copied is no longer a way to what others are views of
    }
  }

  // ---------------------------------------------------------------- states

  /** Reserves slots for all states but those copied; returns whether there are no more of these. */
  private boolean reserve(List<Line> states) {
    int before = copied.size();
    Set<Slot> taken = new HashSet<>();
    for (Line state : states) {
      if (!copied.contains(state) && !reserve(state, taken)) {
        copied.add(state);
      }
    }
    return copied.size() == before;
  }

  /** Reserves the slot for a state before the first step, beside the values that come later. */
  private boolean reserve(Line state, Set<Slot> taken) {
    List<Term.Piece> pieces = state.present();
    long moving = pieces.stream().filter(Term.Shifted.class::isInstance).count();
    if (moving != 1 || pieces.size() > 2 || modes.of(state) == Mode.ONCE) {
      return false;
    }
    Term.Shifted base = base(state, moving(state), new HashSet<>());
    if (base == null) {
      return false;
    }
    for (Term.Piece piece : pieces) {
      if (piece instanceof Term.Fixed initial && !reserve(initial, base, taken)) {
        return false;
      }
    }
    return true;
  }

  /** Reserves what comes before the first step; returns whether it is free. */
  private boolean reserve(Term.Fixed initial, Term.Shifted base, Set<Slot> taken) {
    Line line = base.line();
    for (int t = initial.from(); t <= initial.to(); t++) {
      int slot = base.source(t);
      boolean computed = line.from() <= slot && slot <= line.to();
      if (computed || !taken.add(new Slot(line, slot))) {
        return false;
      }
    }
    int[] ends = slots.computeIfAbsent(line, absent -> new int[] {line.from(), line.to()});
    ends[0] = Math.min(ends[0], base.source(initial.from()));
    ends[1] = Math.max(ends[1], base.source(initial.to()));
    return true;
  }

  /** Returns the computed line that a state is a view of, and how far back; null for none. */
  private Term.Shifted base(Line state, Term.Shifted piece, Set<Line> seen) {
    Line line = piece.line();
    boolean circle = !seen.add(line) || line == state;
    if (circle || copied.contains(line) || modes.of(line) == Mode.ONCE) {
      return null;
    }
    Term.Piece alias = uses.aliasOf(line);
    if (alias == null && !line.kind().isView()) {
      boolean own = sums.isComputed(line) && sums.placeTakenBy(line) == null;
      return own && sums.sumOf(line) == null ? piece : null;
    }
    Term.Piece inner = alias == null ? moving(line) : alias;
    if (!(inner instanceof Term.Shifted shifted)) {
      return null;
    }
    int distance = piece.distance() + shifted.distance();
    return base(state, new Term.Shifted(piece.from(), piece.to(), shifted.line(), distance), seen);
  }

  /** Returns whether a state is copied from step to step, because no view of anything fits. */
  boolean isCopied(Line state) {
    return copied.contains(state);
  }

  /**
   * Returns whether a state that is copied is given no more than one value, and before all that the
   * steps leave: then that may lie where these will. All such values are written before the loop,
   * so that one for a later step would be read from the first step on.
   */
  private static boolean beginsOnce(Line state) {
    List<Term.Piece> pieces = state.present();
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.get(i) instanceof Term.Fixed) {
        boolean first = i == 0 && haveSign(pieces.subList(1, pieces.size()), 1);
        boolean last = i == pieces.size() - 1 && haveSign(pieces.subList(0, i), -1);
        if (!first && !last) {
          return false;
        }
      }
    }
    return true;
  }

  /** Returns whether pieces are all of the steps before, or all of those after, by their sign. */
  private static boolean haveSign(List<Term.Piece> pieces, int sign) {
    return pieces.stream()
        .allMatch(
            piece ->
                piece instanceof Term.Shifted shifted
                    && Integer.signum(shifted.distance()) == sign);
  }

  // ---------------------------------------------------------------- places

  /** Returns where a line's value lies, moving with the time step. */
  Place of(Line line) {
    Place place = places.get(line);
    if (place == null) {
      place = find(line);
      places.put(line, place);
    }
    return place;
  }

  private Place find(Line line) {
    Kind kind = line.kind();
    if (kind == Kind.LEAF || kind == Kind.CONSTANT) {
      return kind == Kind.LEAF ? leaf(line.node()) : constant(line.node());
    }
    if (copied.contains(line)) {
      return fresh(line);
    }
    Term.Piece alias = uses.aliasOf(line);
    if (alias != null) {
      return read(uses.resolve(alias));
    }
    if (kind == Kind.STATE) {
      return read(moving(line));
    }
    if (kind == Kind.VIEW) {
      return view(line, (ViewOp) line.op());
    }
    Place stacked = stackedView(line);
    return stacked != null ? stacked : fresh(line);
  }

  /** Returns the first piece of what a line looks at that moves with the time step, or null. */
  private Term.Shifted moving(Line line) {
    return line.present().stream()
        .filter(Term.Shifted.class::isInstance)
        .map(Term.Shifted.class::cast)
        .findFirst()
        .orElse(null);
  }

  /** Returns the place of a piece's source, as the reading line's time step counts. */
  Place read(Term.Piece piece) {
    Place place = of(piece.line());
    return piece instanceof Term.Shifted shifted
        ? place.back(shifted.distance())
        : place.at(piece.source(0));
  }

  private Place view(Line line, ViewOp op) {
    Place operand = read(line.terms().get(0).over(line.from(), line.to()));
    Node member = line.at(line.from());
    Optional<Layout> layout = ((ViewOp) member.op()).view(member, operand.layout());
    if (layout.isPresent()) {
      return moving(line, operand, layout.get());
    }
    Place copy = fresh(line, member.operand(0).shape());
    copies.put(line, copy);
    return copy.with(op.view(member, copy.layout()).orElseThrow());
  }

  /** Returns a view that may itself move with the time step, as that of a step of a sequence. */
  private static Place moving(Line line, Place operand, Layout first) {
    int moves = 0;
    if (line.isLooped() && line.length() > 1) {
      Node next = line.at(line.from() + 1);
      Layout second = ((ViewOp) next.op()).view(next, operand.layout()).orElseThrow();
      moves = second.offset() - first.offset();
    }
    Layout layout = first.shifted(-line.from() * moves);
    return new Place(operand.buffer(), layout, operand.perStep() + moves);
  }

  /** Returns the dense copy of the operand that a view needs first, or null. */
  Place copyFor(Line view) {
    of(view);
    return copies.get(view);
  }

  /** Returns a stack that lies ready: the time steps of one line, or a single step. */
  private Place stackedView(Line line) {
    boolean stack = line.kind() == Kind.JOIN && ((JoinOp) line.op()).addsAxis();
    if (!stack || line.isLooped() || line.terms().size() != 1) {
      return null;
    }
    Term term = line.terms().get(0);
    List<Term.Piece> present = line.present();
    if (term.pieces().get(0) instanceof Term.Fixed single && present.size() == 1) {
      Place step = read(single);
      return step.with(step.layout().repeated(1, line.shape().elements()));
    }
    if (term.pieces().get(0) instanceof Term.Span span && present.equals(List.of(span))) {
      Line steps = span.line();
      int last = span.at() + span.count() - 1;
      boolean computed = span.at() >= steps.from() && last <= steps.to();
      return computed && !sums.isDeferred(steps) ? of(steps).over(span.at(), last) : null;
    }
    return null;
  }

  /** Returns whether a stack is only a view of a line's time steps. */
  boolean isView(Line stack) {
    return stackedView(stack) != null;
  }

  private Place fresh(Line line) {
    Line sum = line;
    while (sums.sumOf(sum) != null) {
      sum = sums.sumOf(sum);
    }
    if (sum != line) {
      Place place = of(sum);
      for (Line l = line; l != sum; l = sums.sumOf(l)) {
        places.put(l, place); // so that a long chain is walked once
      }
      return place;
    }
    Line taken = sums.placeTakenBy(line);
    return taken != null ? of(taken) : fresh(line, line.shape());
  }

  private Place fresh(Line line, Shape shape) {
    Layout dense = Layout.dense(shape);
    int size = shape.elements();
    if (!isStacked(line, new HashSet<>())) {
      return work(line.node(), shape);
    }
    int[] ends = slots.getOrDefault(line, new int[] {line.from(), line.to()});
    int count = ends[1] - ends[0] + 1;
    Buffer buffer = new Buffer(Buffer.Kind.WORK, Math.multiplyExact(count, size), line.node());
    return new Place(buffer, dense.shifted(-ends[0] * size), size);
  }

  /** Returns whether a value is read at another time than right after it is computed. */
  private boolean isStacked(Line line, Set<Line> seen) {
    if (modes.of(line) == Mode.ONCE) {
      return false;
    }
    if (modes.of(line) == Mode.BATCHED || uses.isKept(line) || slots.containsKey(line)) {
      return true;
    }
    if (copied.contains(line) && !beginsOnce(line)) {
      return true;
    }
    for (Line l = sums.beginningOf(line); l != null; l = sums.beginningOf(l)) {
      if (modes.of(l) != Mode.LOOP) {
        return true;
      }
    }
    if (!seen.add(line)) {
      return false;
    }
    for (Uses.Reading reading : uses.of(line)) {
      boolean sameStep =
          reading.piece() instanceof Term.Shifted shifted
              && shifted.distance() == 0
              && modes.together(line, reading.user());
      boolean passes =
          reading.user().kind().isView()
              || uses.aliasOf(reading.user()) != null
              || sums.isDeferred(reading.user());
      if (!sameStep || (passes && isStacked(reading.user(), seen))) {
        return true;
      }
    }
    return false;
  }

  // ---------------------------------------------------------------- leaves

  /** Returns a new place for what an input, parameter or constant holds. */
  static Place leaf(Node node) {
    Buffer.Kind kind =
        node instanceof Input
            ? Buffer.Kind.INPUT
            : node instanceof Parameter ? Buffer.Kind.WEIGHT : Buffer.Kind.CONSTANT;
    Buffer buffer = new Buffer(kind, node.shape().elements(), node);
    return new Place(buffer, Layout.dense(node.shape()));
  }

  private Place constant(Node node) {
    Constant constant = (Constant) node.op();
    return constant.isFilled() ? number(constant.fill(), node.shape()) : leaf(node);
  }

  /** Returns one number, repeated to a shape. */
  Place number(double value, Shape shape) {
    Buffer buffer =
        numbers.computeIfAbsent(
            value, v -> new Buffer(Buffer.Kind.CONSTANT, 1, Node.constant(value)));
    return new Place(buffer, Layout.dense(Shape.scalar()).broadcastTo(shape));
  }

  /** Returns whether both places are the same number, repeated. */
  static boolean areOneNumber(Place a, Place b) {
    Buffer buffer = a.buffer();
    return buffer == b.buffer() && buffer.kind() == Buffer.Kind.CONSTANT && buffer.size() == 1;
  }

  static Place work(Node node, Shape shape) {
    return new Place(new Buffer(Buffer.Kind.WORK, shape.elements(), node), Layout.dense(shape));
  }
}
