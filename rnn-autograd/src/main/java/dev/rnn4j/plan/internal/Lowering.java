package dev.rnn4j.plan.internal;

import com.google.common.collect.DiscreteDomain;
import com.google.common.collect.Range;
import com.google.common.collect.RangeSet;
import com.google.common.collect.TreeRangeSet;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.MaxOver;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.Power;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.Instruction.Call;
import dev.rnn4j.plan.internal.Instruction.Copy;
import dev.rnn4j.plan.internal.Instruction.Elementwise;
import dev.rnn4j.plan.internal.Instruction.Fold;
import dev.rnn4j.plan.internal.Instruction.Lookup;
import dev.rnn4j.plan.internal.Instruction.Loop;
import dev.rnn4j.plan.internal.Instruction.Product;
import dev.rnn4j.plan.internal.Instruction.Scatter;
import dev.rnn4j.plan.internal.Modes.Mode;
import dev.rnn4j.plan.internal.Schedule.Group;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Writes the instructions of lines, group by group. */
final class Lowering {
  private final Lines lines;
  private final Uses uses;
  private final Modes modes;
  private final Sums sums;
  private final Placement placement;
  private final List<Instruction> code = new ArrayList<>();
  private List<Loop.Entry> body;

  Lowering(Lines lines, Uses uses, Modes modes, Sums sums, Placement placement) {
    this.lines = lines;
    this.uses = uses;
    this.modes = modes;
    this.sums = sums;
    this.placement = placement;
  }

  /** Returns the instructions so far. */
  List<Instruction> code() {
    return code;
  }

  /** Writes the instructions of a group: after those of all groups that it needs. */
  void lower(Group group) {
    for (Line line : group.lines()) {
      if (line.op() instanceof State && uses.aliasOf(line) == null) {
        begin(line);
      }
    }
    boolean loop = modes.of(group.lines().get(0)) == Mode.LOOP;
    body = loop ? new ArrayList<>() : null;
    group.lines().forEach(this::lower);
    if (loop && !body.isEmpty()) {
      int from = body.stream().mapToInt(Loop.Entry::from).min().orElseThrow();
      int to = body.stream().mapToInt(Loop.Entry::to).max().orElseThrow();
      Node node = group.lines().get(0).at(group.lines().get(0).from());
      code.add(new Loop(node, from, to, group.direction() >= 0, List.copyOf(body)));
    }
    body = null;
  }

  private void emit(Instruction instruction, Frame frame) {
    if (frame.mode() == Mode.LOOP) {
      body.add(new Loop.Entry(instruction, frame.from(), frame.to()));
    } else {
      code.add(instruction);
    }
  }

  /** Puts the state before the first step where the states after it will be. */
  private void begin(Line state) {
    Place place = placement.of(state);
    for (Term.Piece piece : lines.present(state, state.terms().get(0))) {
      if (piece instanceof Term.Fixed fixed) {
        Place initial = placement.read(fixed);
        boolean always = modes.of(state) == Mode.ONCE;
        for (int t = fixed.from(); t <= (always ? fixed.from() : fixed.to()); t++) {
          code.add(new Copy(state.node(), place.at(t), initial));
        }
      }
    }
  }

  private void lower(Line line) {
    Frame frame = Frame.of(line, modes.of(line));
    if (line.op() instanceof State) {
      if (placement.isCopied(line)) {
        carry(line);
      }
    } else if (line.op() instanceof ViewOp && uses.aliasOf(line) == null) {
      Place copy = placement.copyFor(line);
      if (copy != null) {
        emit(new Copy(node(line), frame.see(copy), operand(line, 0, frame, 0)), frame);
      }
    } else if (sums.isComputed(line) && !placement.isView(line)) {
      compute(line, frame);
    }
  }

  private void carry(Line state) {
    for (Term.Piece piece : lines.present(state, state.terms().get(0))) {
      if (piece instanceof Term.Shifted) {
        Frame frame = Frame.of(state, modes.of(state)).part(piece.from(), piece.to());
        Place from = frame.see(placement.read(piece));
        emit(new Copy(node(state), frame.see(placement.of(state)), from), frame);
      }
    }
  }

  private void compute(Line line, Frame frame) {
    Place target = frame.see(placement.of(line));
    if (sums.addsUp(line)) {
      add(line, frame);
    } else if (line.op() instanceof PointwiseOp op) {
      pointwise(line, op, target, frame);
    } else if (line.op() instanceof Matmul) {
      product(line, target, frame, 0, false);
    } else if (line.op() instanceof AxesOp op) {
      fold(line, op, target, frame);
    } else if (line.op() instanceof Stack || line.op() instanceof Concat) {
      join(line, target, frame);
    } else if (line.op() instanceof Gather) {
      Place table = dense(operand(line, 0, table(frame), 0), node(line), frame);
      Place indices = dense(operand(line, 1, frame, 0), node(line), frame);
      emit(new Lookup(node(line), target, table, indices), frame);
    } else if (line.op() instanceof ScatterAdd) {
      List<Place> x = denseOperands(line, frame);
      emit(new Scatter(node(line), target, x.get(0), x.get(1)), frame);
    } else {
      emit(new Call(node(line), target, denseOperands(line, frame)), frame);
    }
  }

  /** Batched lookups read one table. */
  private static Frame table(Frame frame) {
    return frame.isBatched() ? new Frame(Mode.ONCE, frame.from(), frame.from()) : frame;
  }

  private static Node node(Line line) {
    return line.at(line.from());
  }

  // ---------------------------------------------------------------- operands

  /** Returns where an operand lies, {@code back} time steps before those of a frame. */
  private Place operand(Line line, int position, Frame frame, int back) {
    return frame.see(moving(line, position, frame, back));
  }

  private Place moving(Line line, int position, Frame frame, int back) {
    Term.Piece piece = pieceAt(line, position, frame.from() - back);
    Node operand = line.at(frame.from() - back).operand(position);
    if (lines.isAbsent(operand)) {
      return placement.number(0, operand.shape());
    }
    return placement.read(piece).back(back);
  }

  private static Term.Piece pieceAt(Line line, int position, int t) {
    if (!line.isLooped()) {
      return line.terms().get(position).pieces().get(0);
    }
    return line.terms().get(position).pieces().stream()
        .filter(piece -> piece.from() <= t && t <= piece.to())
        .findFirst()
        .orElseThrow();
  }

  private List<Place> denseOperands(Line line, Frame frame) {
    List<Place> operands = new ArrayList<>();
    for (int i = 0; i < line.node().operands().size(); i++) {
      operands.add(dense(operand(line, i, frame, 0), node(line), frame));
    }
    return operands;
  }

  private Place dense(Place place, Node node, Frame frame) {
    if (place.layout().isDense()) {
      return place;
    }
    Place copy = Placement.work(node, place.shape());
    emit(new Copy(node, copy, place), frame);
    return copy;
  }

  private Place reshaped(Place place, Shape shape, Node node, Frame frame) {
    Optional<Layout> layout = place.layout().reshaped(shape);
    if (layout.isPresent()) {
      return place.with(layout.get());
    }
    Place copy = dense(place, node, frame);
    return copy.with(copy.layout().reshaped(shape).orElseThrow());
  }

  // ---------------------------------------------------------------- elementwise

  private void pointwise(Line line, PointwiseOp op, Place target, Frame frame) {
    List<Place> operands = new ArrayList<>();
    for (int i = 0; i < line.node().operands().size(); i++) {
      Place place = moving(line, i, frame, 0);
      operands.add(frame.see(place.with(place.layout().broadcastTo(line.shape()))));
    }
    Pointwise kernel = op.kernel();
    if (op instanceof Power && line.node().operand(1).op() instanceof Constant exponent) {
      kernel = exponent.isFilled() ? easyPower(exponent.fill()) : kernel;
    }
    List<Place> used = operands.subList(0, kernel.arity());
    emit(new Elementwise(node(line), kernel, target, List.copyOf(used)), frame);
  }

  private static Pointwise easyPower(double exponent) {
    if (exponent == 2) {
      return Pointwise.SQUARE;
    }
    if (exponent == -1) {
      return Pointwise.RECIPROCAL;
    }
    return exponent == 1 ? Pointwise.COPY : Pointwise.POWER;
  }

  // ---------------------------------------------------------------- sums

  private void add(Line sum, Frame frame) {
    new Addition(sum, frame).run();
  }

  /** One sum: terms that lie somewhere first, then products that are added in place. */
  private final class Addition {
    private final Line sum;
    private final Frame frame;
    private final Place place;
    private final RangeSet<Integer> begun = TreeRangeSet.create();
    private Place pending;

    Addition(Line sum, Frame frame) {
      this.sum = sum;
      this.frame = frame;
      this.place = placement.of(sum);
    }

    void run() {
      List<Term.Piece> products = new ArrayList<>();
      if (sums.beginningOf(sum) != null) {
        begun.add(steps(frame.from(), frame.to()));
      }
      boolean first = true;
      for (Term term : sum.terms()) {
        boolean begins = false;
        for (Term.Piece piece : lines.present(sum, term)) {
          Line source = uses.resolve(piece).line();
          if (sums.isDeferred(source)) {
            products.add(uses.resolve(piece));
          } else {
            begins = true;
            if (!(first && sums.beginningOf(sum) != null)) {
              addPlace(piece);
            }
          }
        }
        first &= !begins;
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
      if (piece instanceof Term.Run run) {
        addRun(run);
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
              emit(new Copy(node(sum), stretch.see(place), stretch.see(from)), stretch);
            }
          });
    }

    private void emitAdd(Frame part, Place left, Place right) {
      List<Place> operands = List.of(part.see(left), part.see(right));
      emit(new Elementwise(node(sum), Pointwise.ADD, part.see(place), operands), part);
    }

    private void flush() {
      if (pending != null) {
        emit(new Copy(node(sum), frame.see(place), frame.see(pending)), frame);
        begun.add(steps(frame.from(), frame.to()));
        pending = null;
      }
    }

    /** Visits a range in stretches in which the sum has, or has not, begun; then it has. */
    private void split(Frame part, Stretches visitor) {
      Range<Integer> range = steps(part.from(), part.to());
      RangeSet<Integer> fresh = TreeRangeSet.create(List.of(range));
      fresh.removeAll(begun);
      RangeSet<Integer> more = TreeRangeSet.create(begun.subRangeSet(range));
      fresh.asRanges().forEach(r -> visitor.visit(stretch(part, r), false));
      more.asRanges().forEach(r -> visitor.visit(stretch(part, r), true));
      begun.add(range);
    }

    private Frame stretch(Frame part, Range<Integer> range) {
      return part.part(range.lowerEndpoint(), range.upperEndpoint() - 1);
    }

    /** Adds up the time steps of a line. */
    private void addRun(Term.Run run) {
      flush();
      Place steps = placement.of(run.line()).over(run.at(), run.at() + run.count() - 1);
      addFolded(dense(steps, node(sum), frame), run.count());
    }

    private void addFolded(Place from, int axis) {
      boolean more = !begun.isEmpty();
      Place to = more ? Placement.work(node(sum), sum.shape()) : frame.see(place);
      Shape grouped = Shape.of(1, axis, sum.shape().elements());
      Layout flat = to.layout().reshaped(Shape.of(1, 1, sum.shape().elements())).orElseThrow();
      Place operand = reshaped(from, grouped, node(sum), frame);
      emit(new Fold(node(sum), false, to.with(flat), operand), frame);
      if (more) {
        emitAdd(frame, place, to);
      }
      begun.add(steps(frame.from(), frame.to()));
    }

    private void addProduct(Term.Piece piece) {
      Line line = piece.line();
      if (piece instanceof Term.Run run) {
        if (line.op() instanceof Matmul) {
          contract(run);
        } else {
          foldSequences(run);
        }
        return;
      }
      Frame part = frameOf(piece);
      int back = part.from() - piece.source(part.from());
      split(part, (stretch, more) -> product(line, stretch.see(place), stretch, back, more));
    }

    /** Σ_t a_t·b_t as one product with K = T·K. */
    private void contract(Term.Run run) {
      Line line = run.line();
      Frame over = new Frame(Mode.BATCHED, run.at(), run.at() + run.count() - 1);
      Place a = operand(line, 0, over, 0);
      Place b = operand(line, 1, over, 0);
      int m = a.shape().size(1);
      int k = run.count() * a.shape().size(2);
      int n = b.shape().size(2);
      Place left = a.with(a.layout().transposed(new int[] {1, 0, 2}));
      Place target = frame.see(place);
      emit(
          new Product(
              node(sum),
              target.with(target.layout().reshaped(Shape.of(1, m, n)).orElseThrow()),
              reshaped(left, Shape.of(1, m, k), node(sum), frame),
              reshaped(b, Shape.of(1, k, n), node(sum), frame),
              !begun.isEmpty()),
          frame);
      begun.add(steps(frame.from(), frame.to()));
    }

    /** Σ_t Σ_rows as one sum over both. */
    private void foldSequences(Term.Run run) {
      Term.Run source = (Term.Run) runOf(run);
      Line fold = source.line();
      Frame over = new Frame(Mode.BATCHED, source.at(), source.at() + run.count() - 1);
      Place x = dense(operand(fold, 0, over, 0), node(sum), frame);
      addFolded(x, x.shape().elements() / Math.max(1, sum.shape().elements()));
    }

    private Term.Piece runOf(Term.Run run) {
      Line line = run.line();
      if (line == sums.deferredFold(line)) {
        return run;
      }
      Term.Piece inner = line.terms().get(0).over(line.from(), line.to());
      Term.Shifted shifted = (Term.Shifted) uses.resolve(inner);
      return runOf(new Term.Run(shifted.line(), run.at() - shifted.distance(), run.count()));
    }
  }

  private interface Stretches {
    void visit(Frame stretch, boolean begun);
  }

  // ---------------------------------------------------------------- products

  private void product(Line line, Place target, Frame frame, int back, boolean accumulate) {
    Node node = node(line);
    Place a = operand(line, 0, frame, back);
    Place b = moving(line, 1, frame, back);
    boolean oneRight = b.shape().rank() == 2 && !(frame.isBatched() && b.perStep() != 0);
    Place right = oneRight && frame.isBatched() ? b.at(frame.from()) : frame.see(b);
    int k = b.shape().size(-2);
    int n = b.shape().size(-1);
    Shape left = a.shape();
    int matrices = oneRight ? 1 : leading(right.shape(), right.shape().rank() - 2);
    int m = oneRight ? leading(left, left.rank() - 1) : left.size(-2);
    emit(
        new Product(
            node,
            reshaped(target, Shape.of(matrices, m, n), node, frame),
            reshaped(a, Shape.of(matrices, m, k), node, frame),
            reshaped(right, Shape.of(matrices, k, n), node, frame),
            accumulate),
        frame);
  }

  /** Returns the product of the first sizes, also where a later one is 0. */
  private static int leading(Shape shape, int count) {
    return Arrays.stream(shape.toArray(), 0, count).reduce(1, (x, y) -> x * y);
  }

  // ---------------------------------------------------------------- folds and joins

  private void fold(Line line, AxesOp op, Place target, Frame frame) {
    Node node = node(line);
    Place from = dense(operand(line, 0, frame, 0), node, frame);
    int lead = frame.isBatched() ? 1 : 0;
    Shape shape = from.shape();
    boolean folded = false;
    int last = shape.rank() - 1;
    // From the innermost run of folded axes outwards; the outermost one writes the result.
    while (last >= lead) {
      if (!op.folds(last - lead)) {
        last--;
        continue;
      }
      int first = last;
      while (first > lead && op.folds(first - 1 - lead)) {
        first--;
      }
      boolean more = false;
      Shape rest = shape;
      for (int axis = lead; axis < shape.rank(); axis++) {
        more |= axis < first && op.folds(axis - lead);
        rest = axis >= first && axis <= last ? rest.with(axis, 1) : rest;
      }
      Place to = more ? Placement.work(node, rest) : target;
      Shape grouped = grouped(shape, first, last);
      emit(
          new Fold(
              node,
              op instanceof MaxOver,
              reshaped(to, grouped.with(1, 1), node, frame),
              reshaped(from, grouped, node, frame)),
          frame);
      from = to;
      shape = rest;
      last = first - 1;
      folded = true;
    }
    if (!folded) {
      emit(new Copy(node, target, reshaped(from, target.shape(), node, frame)), frame);
    }
  }

  /** Returns a shape as [outer, axis, inner] around the axes from first to last. */
  private static Shape grouped(Shape shape, int first, int last) {
    int[] sizes = {1, 1, 1};
    for (int axis = 0; axis < shape.rank(); axis++) {
      sizes[axis < first ? 0 : axis <= last ? 1 : 2] *= shape.size(axis);
    }
    return Shape.of(sizes);
  }

  private void join(Line line, Place target, Frame frame) {
    int lead = frame.isBatched() ? 1 : 0;
    boolean stack = line.op() instanceof Stack;
    int axis = lead + (stack ? 0 : ((Concat) line.op()).axis());
    int from = 0;
    for (int i = 0; i < line.terms().size(); i++) {
      Term.Piece piece =
          line.isLooped()
              ? line.terms().get(i).over(line.from(), line.to())
              : line.terms().get(i).pieces().get(0);
      if (piece instanceof Term.Run run) {
        from = joinRun(line, run, target, axis, from, frame);
        continue;
      }
      Node part = node(line).operand(i);
      int size = stack ? 1 : part.size(axis - lead);
      Layout slot =
          stack ? target.layout().select(axis, from) : target.layout().sliced(axis, from, size);
      Place source =
          lines.isAbsent(part)
              ? frame.see(placement.number(0, part.shape()))
              : frame.see(placement.read(piece));
      emit(new Copy(node(line), target.with(slot), source), frame);
      from += size;
    }
  }

  /** Copies neighbouring time steps of a line, one after the other. */
  private int joinRun(Line line, Term.Run run, Place target, int axis, int from, Frame frame) {
    boolean stack = line.op() instanceof Stack;
    int size = stack ? 1 : run.line().shape().size(axis);
    int next = from;
    for (int t = run.at(); t < run.at() + run.count(); t++) {
      Layout slot =
          stack ? target.layout().select(axis, next) : target.layout().sliced(axis, next, size);
      boolean absent = lines.isAbsent(run.line().at(t));
      Place source =
          absent ? placement.number(0, run.line().shape()) : placement.of(run.line()).at(t);
      emit(new Copy(node(line), target.with(slot), source), frame);
      next += size;
    }
    return next;
  }
}
