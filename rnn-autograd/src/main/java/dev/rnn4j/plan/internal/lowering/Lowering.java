package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.RowOp;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.lowering.Schedule.Component;
import dev.rnn4j.plan.internal.program.Call;
import dev.rnn4j.plan.internal.program.Draw;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Fold;
import dev.rnn4j.plan.internal.program.Instruction.Lookup;
import dev.rnn4j.plan.internal.program.Instruction.Rowwise;
import dev.rnn4j.plan.internal.program.Instruction.Scatter;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/** Writes the instructions of lines, component by component. */
final class Lowering {
  private final Lines lines;
  private final Uses uses;
  private final Modes modes;
  private final Sums sums;
  private final Placement placement;
  private final Writer writer;

  Lowering(Lines lines, Uses uses, Modes modes, Sums sums, Placement placement) {
    this.lines = lines;
    this.uses = uses;
    this.modes = modes;
    this.sums = sums;
    this.placement = placement;
    this.writer = new Writer(lines, placement);
  }

  /** Returns the instructions so far. */
  List<Instruction> code() {
    return writer.code();
  }

  /** Says that what is lowered from here on runs by itself. */
  void beginUpdates() {
    writer.forgetCopies();
  }

  /** Writes the instructions of a component: after those of all components that it needs. */
  void lower(Component component) {
    for (Line line : component.lines()) {
      if (line.kind() == Kind.STATE && uses.aliasOf(line) == null) {
        begin(line);
      }
    }
    component.lines().forEach(this::lower);
    writer.endLoop(component);
  }

  /** Puts the state before the first step where the states after it will be. */
  private void begin(Line state) {
    Place place = placement.of(state);
    for (Term.Piece piece : state.present()) {
      if (piece instanceof Term.Fixed fixed) {
        Place initial = placement.read(fixed);
        boolean always = modes.of(state) == Mode.ONCE;
        for (int t = fixed.from(); t <= (always ? fixed.from() : fixed.to()); t++) {
          writer.code().add(new Copy(state.node(), place.at(t), initial));
        }
      }
    }
  }

  private void lower(Line line) {
    Frame frame = Frame.of(line, modes.of(line));
    if (line.kind() == Kind.STATE) {
      if (placement.isCopied(line)) {
        carry(line);
      }
    } else if (line.kind() == Kind.VIEW && uses.aliasOf(line) == null) {
      Place copy = placement.copyFor(line);
      if (copy != null) {
        writer.emit(
            new Copy(Writer.node(line), frame.see(copy), writer.operand(line, 0, frame, 0)), frame);
      }
    } else if (sums.isComputed(line) && !placement.isView(line)) {
      compute(line, frame);
    }
  }

  private void carry(Line state) {
    for (Term.Piece piece : state.present()) {
      if (piece instanceof Term.Shifted) {
        Frame frame = Frame.of(state, modes.of(state)).part(piece.from(), piece.to());
        Place from = frame.see(placement.read(piece));
        writer.emit(new Copy(Writer.node(state), frame.see(placement.of(state)), from), frame);
      }
    }
  }

  private void compute(Line line, Frame frame) {
    if (sums.addsUp(line)) {
      new Addition(uses, sums, placement, writer, line, frame).run();
    } else {
      stretches(line, frame).forEach(stretch -> computeStretch(line, stretch));
    }
  }

  /** Cuts time steps where an operand begins or ends to be there: zeros stand for it elsewhere. */
  private List<Frame> stretches(Line line, Frame frame) {
    TreeSet<Integer> begins = new TreeSet<>(List.of(frame.from()));
    for (Term.Piece piece : line.present()) {
      if (line.isLooped()) {
        begins.add(Math.max(frame.from(), piece.from()));
        begins.add(piece.to() + 1);
      }
    }
    List<Frame> stretches = new ArrayList<>();
    for (int from : begins.headSet(frame.to(), true)) {
      Integer next = begins.higher(from);
      stretches.add(frame.part(from, next == null ? frame.to() : Math.min(next - 1, frame.to())));
    }
    return stretches;
  }

  private void computeStretch(Line line, Frame frame) {
    Place target = frame.see(placement.of(line));
    switch (line.kind()) {
      case ELEMENTWISE -> pointwise(line, (PointwiseOp) line.op(), target, frame);
      case PRODUCT -> writer.product(line, target, frame, 0, false);
      case FOLD -> fold(line, (AxesOp) line.op(), target, frame);
      case ROWS -> rowwise(line, (RowOp) line.op(), target, frame);
      case JOIN -> join(line, (JoinOp) line.op(), target, frame);
      case LOOKUP -> lookup(line, target, frame);
      default -> call(line, target, frame);
    }
  }

  private void call(Line line, Place target, Frame frame) {
    Node node = Writer.node(line);
    List<Place> x = writer.denseOperands(line, frame);
    writer.emit(
        switch (line.kind()) {
          case SCATTER -> new Scatter(node, target, x.get(0), x.get(1));
          case DRAW -> new Draw(node, target, x.get(0), 0);
          default -> new Call(node, frame.isBatched(), target, x).checked();
        },
        frame);
  }

  private void lookup(Line line, Place target, Frame frame) {
    Node node = Writer.node(line);
    Place table = writer.dense(writer.operand(line, 0, table(frame), 0), node, frame);
    Place indices = writer.dense(writer.operand(line, 1, frame, 0), node, frame);
    writer.emit(new Lookup(node, target, table, indices), frame);
  }

  /** Batched lookups read one table. */
  private static Frame table(Frame frame) {
    return frame.isBatched() ? new Frame(Mode.ONCE, frame.from(), frame.from()) : frame;
  }

  // ---------------------------------------------------------------- elementwise

  private void pointwise(Line line, PointwiseOp op, Place target, Frame frame) {
    List<Place> operands = new ArrayList<>();
    for (int i = 0; i < line.node().operands().size(); i++) {
      Place place = writer.moving(line, i, frame, 0);
      operands.add(frame.see(place.with(place.layout().broadcastTo(line.shape()))));
    }
    Pointwise kernel = op.kernel();
    if (kernel == Pointwise.POWER && line.node().operand(1).op() instanceof Constant exponent) {
      kernel = exponent.isFilled() ? easyPower(exponent.fill()) : kernel;
    }
    List<Place> used = operands.subList(0, kernel.arity());
    writer.elementwise(Writer.node(line), kernel, target, used, frame);
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

  // ---------------------------------------------------------------- rows, folds and joins

  private void rowwise(Line line, RowOp op, Place target, Frame frame) {
    Node node = Writer.node(line);
    int n = line.shape().size(-1);
    Shape rows = Shape.of(n == 0 ? 0 : target.shape().elements() / n, n);
    List<Place> operands =
        writer.denseOperands(line, frame).stream()
            .map(x -> writer.reshaped(x, rows, node, frame))
            .toList();
    Place to = writer.reshaped(target, rows, node, frame);
    writer.emit(new Rowwise(node, op.epsilon(), to, operands), frame);
  }

  private void fold(Line line, AxesOp op, Place target, Frame frame) {
    Node node = Writer.node(line);
    Place from = writer.dense(writer.operand(line, 0, frame, 0), node, frame);
    int lead = frame.isBatched() ? 1 : 0;
    Shape shape = from.shape();
    boolean folded = false;
    // From the innermost run of folded axes outwards; the outermost one writes the result.
    for (int last = shape.rank() - 1; last >= lead; last--) {
      if (!op.folds(last - lead)) {
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
      writer.emit(
          new Fold(
              node,
              !op.isSum(),
              writer.reshaped(to, grouped.with(1, 1), node, frame),
              List.of(writer.reshaped(from, grouped, node, frame))),
          frame);
      from = to;
      shape = rest;
      last = first;
      folded = true;
    }
    if (!folded) {
      writer.emit(
          new Copy(node, target, writer.reshaped(from, target.shape(), node, frame)), frame);
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

  /** Neighbours that are one number, as zeros beside the gradient of a step are, take one copy. */
  private void join(Line line, JoinOp op, Place target, Frame frame) {
    int lead = frame.isBatched() ? 1 : 0;
    List<Place> parts = parts(line, frame);
    int from = 0;
    for (int i = 0; i < parts.size(); i++) {
      Place part = parts.get(i);
      int size = op.size(part.shape(), lead);
      Layout slot = op.slot(target.layout(), lead, from, size);
      while (i + 1 < parts.size() && Placement.areOneNumber(part, parts.get(i + 1))) {
        size += op.size(parts.get(++i).shape(), lead);
        slot = target.layout().sliced(lead + op.axis(), from, size);
        part = part.with(Layout.dense(Shape.scalar()).broadcastTo(slot.shape()));
      }
      writer.emit(new Copy(Writer.node(line), target.with(slot), part), frame);
      from += size;
    }
  }

  /** Returns where the operands of a stack or concat lie, those that are time steps one by one. */
  private List<Place> parts(Line line, Frame frame) {
    List<Place> parts = new ArrayList<>();
    for (Term term : line.terms()) {
      Term.Piece piece = term.over(line.from(), line.to());
      int first = piece.source(frame.from());
      if (piece instanceof Term.Span span) {
        for (int t = first; t < first + span.count(); t++) {
          parts.add(placeOf(new Term.Fixed(0, 0, span.line(), t), t));
        }
      } else {
        parts.add(frame.see(placeOf(piece, first)));
      }
    }
    return parts;
  }

  private Place placeOf(Term.Piece piece, int source) {
    Node node = piece.line().at(source);
    return lines.isAbsent(node) ? placement.number(0, node.shape()) : placement.read(piece);
  }
}
