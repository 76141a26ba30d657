package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Pointwise;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lowering.Modes.Mode;
import dev.rnn4j.plan.internal.lowering.Schedule.Component;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Instruction.Copy;
import dev.rnn4j.plan.internal.program.Instruction.Elementwise;
import dev.rnn4j.plan.internal.program.Instruction.Loop;
import dev.rnn4j.plan.internal.program.Instruction.Product;
import dev.rnn4j.plan.internal.program.Instruction.Timed;
import dev.rnn4j.plan.internal.program.Loops;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Writes instructions down, into the loop of the component that is being lowered or outside; and
 * finds operands, as the time steps of an instruction see them.
 */
final class Writer {
  private final Lines lines;
  private final Placement placement;
  private final List<Instruction> code = new ArrayList<>();

  /** Dense copies of what lies in leaves, which nothing writes before the end. */
  private final Map<Place, Place> copies = new HashMap<>();

  private List<Timed> body = new ArrayList<>();

  Writer(Lines lines, Placement placement) {
    this.lines = lines;
    this.placement = placement;
  }

  /** Returns the instructions so far. */
  List<Instruction> code() {
    return code;
  }

  /** Makes copies of leaves anew from here on, as inputs may be set in between. */
  void forgetCopies() {
    copies.clear();
  }

  /** Adds an instruction: to the loop, or after it. */
  void emit(Instruction instruction, Frame frame) {
    if (frame.mode() == Mode.LOOP) {
      body.add(new Timed(instruction, frame.from(), frame.to()));
    } else {
      code.add(instruction);
    }
  }

  /** Ends the loop of a component; one without instructions is left out. */
  void endLoop(Component component) {
    if (!body.isEmpty()) {
      Timed all = Timed.spanning(body, null);
      Node node = node(component.lines().get(0));
      code.add(new Loop(node, all.from(), all.to(), component.direction() >= 0, List.copyOf(body)));
      body = new ArrayList<>();
    }
  }

  /** Returns the member by which instructions of a line are known. */
  static Node node(Line line) {
    return line.at(line.from());
  }

  /** Returns where an operand lies, {@code back} time steps before those of a frame. */
  Place operand(Line line, int position, Frame frame, int back) {
    return frame.see(moving(line, position, frame, back));
  }

  /** Returns where an operand lies, moving with the time step. */
  Place moving(Line line, int position, Frame frame, int back) {
    int t = frame.from() - back;
    Node operand = line.at(t).operand(position);
    return lines.isAbsent(operand)
        ? placement.number(0, operand.shape())
        : placement.read(line.terms().get(position).over(t, t)).back(back);
  }

  /** Returns where the operands, or dense copies of them, lie. */
  List<Place> denseOperands(Line line, Frame frame) {
    List<Place> operands = new ArrayList<>();
    for (int i = 0; i < line.node().operands().size(); i++) {
      operands.add(dense(operand(line, i, frame, 0), node(line), frame));
    }
    return operands;
  }

  /** Returns a place, or a dense copy of what lies there. */
  Place dense(Place place, Node node, Frame frame) {
    if (place.layout().isDense()) {
      return place;
    }
    boolean stays = frame.mode() != Mode.LOOP && Assignments.isLeaf(place.buffer());
    Place before = stays ? copies.get(place) : null;
    if (before != null) {
      return before;
    }
    Place copy = Placement.work(node, place.shape());
    emit(new Copy(node, copy, place), frame);
    if (stays) {
      copies.put(place, copy);
    }
    return copy;
  }

  /** Writes target = op(operands), with dense copies where operands lie too scattered. */
  void elementwise(Node node, Pointwise op, Place target, List<Place> operands, Frame frame) {
    List<Place> all = new ArrayList<>(operands);
    all.add(target);
    for (int i = 0; i < operands.size() && !Loops.areFew(all); i++) {
      all.set(i, dense(all.get(i), node, frame));
    }
    emit(new Elementwise(node, op, target, List.copyOf(all.subList(0, operands.size()))), frame);
  }

  /** Returns a place in another shape; of a copy, where it takes one. */
  Place reshaped(Place place, Shape shape, Node node, Frame frame) {
    Optional<Layout> layout = place.layout().reshaped(shape);
    if (layout.isPresent()) {
      return place.with(layout.get());
    }
    Place copy = dense(place, node, frame);
    return copy.with(copy.layout().reshaped(shape).orElseThrow());
  }

  /**
   * Writes the product of a line, {@code back} time steps before those of the frame.
   *
   * @param accumulate whether it is added to the target
   */
  void product(Line line, Place target, Frame frame, int back, boolean accumulate) {
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
}
