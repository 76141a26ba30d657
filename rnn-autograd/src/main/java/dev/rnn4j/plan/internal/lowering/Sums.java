package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.tensor.Layout;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * How sums save work: a product that only one sum adds up is computed by adding into it; a term
 * that only one sum begins with is computed in its place; sums over time of products, or of sums
 * over sequences, become one product or sum over both.
 */
final class Sums {
  private final Uses uses;
  private final Modes modes;
  private final Set<Line> deferred = new HashSet<>();
  private final Map<Line, Line> forwarded = new HashMap<>();
  private final Map<Line, Line> begun = new HashMap<>();
  private final Map<Line, Line> takenOver = new HashMap<>();

  Sums(Uses uses, Modes modes, List<Line> live) {
    this.uses = uses;
    this.modes = modes;
    for (Line line : live) {
      if (isSum(line) && uses.aliasOf(line) == null) {
        plan(line);
      }
    }
  }

  private void plan(Line sum) {
    if (!sum.node().operands().stream().allMatch(x -> x.shape().equals(sum.shape()))) {
      return;
    }
    boolean products = false;
    for (Term.Piece piece : sum.present()) {
      products |= defer(sum, piece);
    }
    if (sum.kind() == Kind.SUM || products) {
      IntStream.range(0, sum.terms().size())
          .filter(term -> !isDeferred(sum, term))
          .findFirst()
          .ifPresent(term -> begin(sum, sum.present(term)));
    }
  }

  /** Returns whether a line is a sum that adds up products in its place. */
  boolean addsUp(Line line) {
    boolean two = isAddition(line) && (isDeferred(line, 0) || isDeferred(line, 1));
    return line.kind() == Kind.SUM || two;
  }

  private static boolean isSum(Line line) {
    return line.kind() == Kind.SUM || isAddition(line);
  }

  private static boolean isAddition(Line line) {
    return line.kind() == Kind.ELEMENTWISE && ((PointwiseOp) line.op()).kernel() == Pointwise.ADD;
  }

  private boolean defer(Line sum, Term.Piece piece) {
    Term.Piece source = uses.resolve(piece);
    Line line = source.line();
    if (uses.onlyUser(line) != sum) {
      return false;
    }
    if (source instanceof Term.Span) {
      return line.isLooped() && deferSpan(line);
    }
    boolean once = source instanceof Term.Fixed && modes.of(line) != Mode.ONCE;
    boolean possible = line.kind() == Kind.PRODUCT && modes.alike(line, sum) && !once;
    if (possible) {
      deferred.add(line);
    }
    return possible;
  }

  private boolean deferSpan(Line line) {
    boolean product =
        line.kind() == Kind.PRODUCT
            && line.node().operands().stream().allMatch(x -> x.shape().rank() == 2);
    Line inner = product ? line : foldOf(line);
    boolean possible = inner != null && modes.of(inner) != Mode.ONCE;
    if (possible) {
      deferred.addAll(List.of(line, inner));
    }
    return possible;
  }

  /** Returns the line that sums over leading axes, which a line is or only reshapes; or null. */
  private Line foldOf(Line line) {
    if (keepsOrder(line)) {
      Term.Piece piece = line.terms().get(0).over(line.from(), line.to());
      if (!(piece instanceof Term.Shifted shifted) || shifted.distance() != 0) {
        return null;
      }
      Term.Piece source = uses.resolve(shifted);
      boolean own =
          source instanceof Term.Shifted
              && ((Term.Shifted) source).distance() == 0
              && uses.onlyUser(source.line()) == line;
      return own ? foldOf(source.line()) : null;
    }
    boolean fold = modes.of(line) == Mode.BATCHED && line.kind() == Kind.FOLD;
    return fold && foldsLeadingAxes((AxesOp) line.op(), line.node().operand(0)) ? line : null;
  }

  /** Returns whether a line is a view of all elements in their order, in another shape. */
  private static boolean keepsOrder(Line line) {
    return line.kind() == Kind.VIEW
        && ((ViewOp) line.op())
            .view(line.node(), Layout.dense(line.node().operand(0).shape()))
            .equals(Optional.of(Layout.dense(line.shape())))
        && line.shape().elements() == line.node().operand(0).shape().elements();
  }

  /** Returns whether leading axes are added up and no others. */
  private static boolean foldsLeadingAxes(AxesOp op, Node x) {
    int rank = x.shape().rank();
    int count = 0;
    while (count < rank && op.folds(count)) {
      count++;
    }
    return op.isSum() && count > 0 && IntStream.range(count, rank).noneMatch(op::folds);
  }

  /** Lets a sum's first term be computed where the sum will be. */
  private void begin(Line sum, List<Term.Piece> pieces) {
    if (pieces.size() != 1 || !pieces.get(0).covers(sum.from(), sum.to())) {
      return;
    }
    Term.Piece source = uses.resolve(pieces.get(0));
    Line line = source.line();
    if (source instanceof Term.Span || line.kind() == Kind.JOIN || uses.onlyUser(line) != sum) {
      return;
    }
    boolean here =
        !line.isLooped() && !sum.isLooped()
            || source instanceof Term.Shifted shifted && shifted.distance() == 0;
    if (!here) {
      return;
    }
    boolean batchedBefore = modes.of(line) == Mode.BATCHED && modes.of(sum) == Mode.LOOP;
    boolean sameRange = !line.isLooped() || (line.from() == sum.from() && line.to() == sum.to());
    if (isComputed(line) && sameRange && (modes.alike(line, sum) || batchedBefore)) {
      if (takenOver.containsKey(line)) {
        takenOver.put(sum, takenOver.get(line));
      } else {
        forwarded.put(line, sum);
      }
      begun.put(sum, line);
    } else if (line.kind() == Kind.VIEW && line.op().time() != Trace.NO_STEP) {
      takeOver(sum, line);
    }
  }

  /** Lets a sum use the memory of a sequence whose steps nobody else reads. */
  private void takeOver(Line sum, Line step) {
    Term.Piece piece = step.terms().get(0).over(step.from(), step.to());
    if (!(piece instanceof Term.Fixed fixed)) {
      return;
    }
    Term.Piece source = uses.resolve(fixed);
    Line sequence = source.line();
    boolean own = uses.onlyUser(sequence) == step && !uses.isKept(sequence);
    if (own
        && isComputed(sequence)
        && sequence.kind() != Kind.JOIN // which may be a view of what others read
        && !sequence.isLooped()
        && sequence.shape().size(0) == step.length()
        && modes.of(sum) != Mode.ONCE) {
      takenOver.put(sum, step);
      begun.put(sum, step);
    }
  }

  /** Returns whether an instruction of its own writes the line's value. */
  boolean isComputed(Line line) {
    return !line.kind().isView()
        && line.kind() != Kind.CONSTANT
        && line.kind() != Kind.LEAF
        && uses.aliasOf(line) == null
        && !deferred.contains(line);
  }

  /** Returns whether a line is computed only as part of the sum that uses it. */
  boolean isDeferred(Line line) {
    return deferred.contains(line);
  }

  /** Returns whether a term of a sum is such a line. */
  boolean isDeferred(Line sum, int term) {
    return sum.present(term).stream()
        .anyMatch(piece -> deferred.contains(uses.resolve(piece).line()));
  }

  /** Returns the sum in whose place a line is computed, or null. */
  Line sumOf(Line line) {
    return forwarded.get(line);
  }

  /** Returns the line whose place a sum takes, or null. */
  Line placeTakenBy(Line sum) {
    return takenOver.get(sum);
  }

  /** Returns the line with which a sum begins in its own place, or null. */
  Line beginningOf(Line sum) {
    return begun.get(sum);
  }
}
