package dev.rnn4j.plan.internal.lowering;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;

/** One sum: terms that lie somewhere first, then products that are added in place. */
final class Addition {
  private final Uses uses;
  private final Sums sums;
  private final Placement placement;
  private final Writer writer;
  private final Line sum;
  private final Frame frame;
  private final Place place;
  private final RangeSet<Integer> begun = TreeRangeSet.create();
  private Place pending;

  Addition(Uses uses, Sums sums, Placement placement, Writer writer, Line sum, Frame frame) {
    this.uses = uses;
    this.sums = sums;
    this.placement = placement;
    this.writer = writer;
    this.sum = sum;
    this.frame = frame;
    this.place = placement.of(sum);
  }

  void run() {
    List<Term.Piece> products = new ArrayList<>();
    if (sums.beginningOf(sum) != null) {
      begun.add(steps(frame.from(), frame.to()));
    }
    for (Term.Piece piece : sum.present()) {
      Term.Piece source = uses.resolve(piece);
      if (sums.isDeferred(source.line())) {
        products.add(source);
      } else if (source.line() != sums.beginningOf(sum)) {
        addPlace(piece);
      }
    }
    flush();
    products.forEach(this::addProduct);
  }

  private Range<Integer> steps(int from, int to) {
    return Range.closed(from, to).canonical(DiscreteDomain.integers());
  }

  private Frame frameOf(Term.Piece piece) {
    return sum.isLooped() && frame.mode() != Mode.ONCE
        ? frame.part(piece.from(), piece.to())
        : frame;
  }

  private void addPlace(Term.Piece piece) {
    if (piece instanceof Term.Span span) {
      addSpan(span);
      return;
    }
    Frame part = frameOf(piece);
    Place from = placement.read(piece);
    boolean whole = part.from() <= frame.from() && part.to() >= frame.to();
    if (whole && begun.isEmpty()) {
      if (pending == null) {
        pending = from;
        return;
      }
      emitAdd(part, pending, from);
      pending = null;
      begun.add(steps(frame.from(), frame.to()));
      return;
    }
    flush();
    split(
        part,
        (stretch, more) -> {
          if (more) {
            emitAdd(stretch, place, from);
          } else {
            writer.emit(new Copy(Writer.node(sum), stretch.see(place), stretch.see(from)), stretch);
          }
        });
  }

  private void emitAdd(Frame part, Place left, Place right) {
    List<Place> operands = List.of(part.see(left), part.see(right));
    writer.elementwise(Writer.node(sum), Pointwise.ADD, part.see(place), operands, part);
  }

  private void flush() {
    if (pending != null) {
      writer.emit(new Copy(Writer.node(sum), frame.see(place), frame.see(pending)), frame);
      begun.add(steps(frame.from(), frame.to()));
      pending = null;
    }
  }

  /** Visits a range in stretches in which the sum has, or has not, begun; then it has. */
  private void split(Frame part, BiConsumer<Frame, Boolean> visitor) {
    Range<Integer> range = steps(part.from(), part.to());
    RangeSet<Integer> fresh = TreeRangeSet.create(List.of(range));
    fresh.removeAll(begun);
    RangeSet<Integer> more = TreeRangeSet.create(begun.subRangeSet(range));
    fresh.asRanges().forEach(r -> visitor.accept(stretch(part, r), false));
    more.asRanges().forEach(r -> visitor.accept(stretch(part, r), true));
    begun.add(range);
  }

  private Frame stretch(Frame part, Range<Integer> range) {
    return part.part(range.lowerEndpoint(), range.upperEndpoint() - 1);
  }

  /** Adds up the time steps of a line. */
  private void addSpan(Term.Span span) {
    flush();
    Place steps = placement.of(span.line()).over(span.at(), span.at() + span.count() - 1);
    addFolded(writer.dense(steps, Writer.node(sum), frame), span.count());
  }

  private void addFolded(Place from, int axis) {
    boolean more = !begun.isEmpty();
    Place to = more ? Placement.work(Writer.node(sum), sum.shape()) : frame.see(place);
    Shape grouped = Shape.of(1, axis, sum.shape().elements());
    Layout flat = to.layout().reshaped(Shape.of(1, 1, sum.shape().elements())).orElseThrow();
    Place operand = writer.reshaped(from, grouped, Writer.node(sum), frame);
    writer.emit(new Fold(Writer.node(sum), false, to.with(flat), List.of(operand)), frame);
    if (more) {
      emitAdd(frame, place, to);
    }
    begun.add(steps(frame.from(), frame.to()));
  }

  private void addProduct(Term.Piece piece) {
    Line line = piece.line();
    if (piece instanceof Term.Span span) {
      if (line.kind() == Kind.PRODUCT) {
        contract(span);
      } else {
        foldSequences(span);
      }
      return;
    }
    Frame part = frameOf(piece);
    int back = part.from() - piece.source(part.from());
    split(part, (stretch, more) -> writer.product(line, stretch.see(place), stretch, back, more));
  }

  /** Σ_t a_t·b_t as one product with K = T·K. */
  private void contract(Term.Span span) {
    Line line = span.line();
    Frame over = new Frame(Mode.BATCHED, span.at(), span.at() + span.count() - 1);
    Place a = writer.operand(line, 0, over, 0);
    Place b = writer.operand(line, 1, over, 0);
    int m = a.shape().size(1);
    int k = span.count() * a.shape().size(2);
    int n = b.shape().size(2);
    Place left = a.with(a.layout().transposed(new int[] {1, 0, 2}));
    Place target = frame.see(place);
    writer.emit(
        new Product(
            Writer.node(sum),
            target.with(target.layout().reshaped(Shape.of(1, m, n)).orElseThrow()),
            writer.reshaped(left, Shape.of(1, m, k), Writer.node(sum), frame),
            writer.reshaped(b, Shape.of(1, k, n), Writer.node(sum), frame),
            !begun.isEmpty()),
        frame);
    begun.add(steps(frame.from(), frame.to()));
  }

  /** Σ_t Σ_rows as one sum over both. */
  private void foldSequences(Term.Span span) {
    Term.Span source = folds(span);
    Frame over = new Frame(Mode.BATCHED, source.at(), source.at() + span.count() - 1);
    Place x = writer.dense(writer.operand(source.line(), 0, over, 0), Writer.node(sum), frame);
    addFolded(x, x.shape().elements() / Math.max(1, sum.shape().elements()));
  }

  /** Returns the sums over sequences that a run is, or is a view of. */
  private Term.Span folds(Term.Span span) {
    Line line = span.line();
    if (line.kind() == Kind.FOLD) {
      return span;
    }
    Term.Piece inner = line.terms().get(0).over(line.from(), line.to());
    Term.Shifted shifted = (Term.Shifted) uses.resolve(inner);
    return folds(new Term.Span(shifted.line(), span.at() - shifted.distance(), span.count()));
  }
}
