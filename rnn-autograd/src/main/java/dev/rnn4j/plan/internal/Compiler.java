package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.lowering.Assignments;
import dev.rnn4j.plan.internal.lowering.Lowering;
import dev.rnn4j.plan.internal.lowering.Modes;
import dev.rnn4j.plan.internal.lowering.Placement;
import dev.rnn4j.plan.internal.lowering.Schedule;
import dev.rnn4j.plan.internal.lowering.Schedule.Group;
import dev.rnn4j.plan.internal.lowering.Sums;
import dev.rnn4j.plan.internal.lowering.Uses;
import dev.rnn4j.plan.internal.passes.Finish;
import dev.rnn4j.plan.internal.program.Buffer;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** From nodes to the draft of a program: lines, their schedule, their places, instructions. */
public final class Compiler {
  private final List<Node> outputs;
  private final Map<Node, Node> assignments;
  private final List<Node> roots;
  private final Lines lines;
  private final Placement placement;
  private final Map<Node, Place> places = new LinkedHashMap<>();
  private final Map<Node, Place> unread = new HashMap<>();
  private final List<Instruction> code;
  private final int split;
  private final Set<Pass> passes;

  private Compiler(List<Node> outputs, Map<Node, Node> assignments, Set<Pass> passes) {
    this.passes = passes;
    this.outputs = outputs;
    this.assignments = assignments;
    this.roots = new ArrayList<>(outputs);
    roots.addAll(assignments.values());
    this.lines = new Lines(roots, passes.contains(Pass.FAMILIES), passes.contains(Pass.SIMPLIFY));
    List<Group> groups = Schedule.of(lines, outputs);
    List<Line> live = groups.stream().flatMap(group -> group.lines().stream()).toList();
    Modes modes = new Modes(groups, passes.contains(Pass.DISTRIBUTE));
    Uses uses = new Uses(lines, live, roots);
    Sums sums = new Sums(lines, uses, modes, passes.contains(Pass.CONTRACT) ? live : List.of());
    this.placement = new Placement(lines, uses, modes, sums, live);
    Lowering lowering = new Lowering(lines, uses, modes, sums, placement);
    Set<Line> first = needed(outputs);
    groups.stream().filter(group -> first.contains(group.lines().get(0))).forEach(lowering::lower);
    outputs.forEach(output -> places.put(output, outputPlace(output, lowering.code())));
    this.split = lowering.code().size();
    groups.stream().filter(group -> !first.contains(group.lines().get(0))).forEach(lowering::lower);
    this.code = lowering.code();
  }

  /**
   * Compiles a graph.
   *
   * @param outputs what can be read after a run
   * @param assignments the new values that parameters and inputs get at the end of a run, all
   *     computed from the old ones
   * @param passes those that are not left out
   */
  public static Draft compile(List<Node> outputs, Map<Node, Node> assignments, Set<Pass> passes) {
    return new Compiler(outputs, assignments, passes).draft();
  }

  /** Returns the lines that nodes need: for all time steps of a line, also where one is read. */
  private Set<Line> needed(List<Node> nodes) {
    Set<Line> needed = new HashSet<>();
    Deque<Line> open = new ArrayDeque<>();
    nodes.stream().filter(node -> !lines.isAbsent(node)).map(lines::of).forEach(open::push);
    while (!open.isEmpty()) {
      Line line = open.pop();
      if (needed.add(line)) {
        for (Term term : line.terms()) {
          lines.present(line, term).forEach(piece -> open.push(piece.line()));
        }
      }
    }
    return needed;
  }

  private Draft draft() {
    Set<Buffer> lasting = new HashSet<>();
    places.values().forEach(place -> lasting.add(place.buffer()));
    Set<Node> leaves = new TreeSet<>(Comparator.comparingLong(Node::id));
    leaves.addAll(assignments.keySet());
    lines.all().stream().map(Line::node).filter(Compiler::isLeaf).forEach(leaves::add);
    for (Node leaf : leaves) {
      places.put(leaf, leafPlace(leaf));
      lasting.add(leafPlace(leaf).buffer());
    }
    Assignments end = new Assignments(code, split, lasting);
    assignments.forEach((leaf, value) -> end.add(leafPlace(leaf), placeOf(value)));
    List<Instruction> assigned = end.code();
    Finish finish = Finish.of(assigned, split, lasting, passes);
    return new Draft(finish.all(), finish.compute().size(), places, lasting, passes);
  }

  /** Returns where an output lies: not in the array of a leaf whose value changes. */
  private Place outputPlace(Node output, List<Instruction> instructions) {
    Place place = placeOf(output);
    boolean changes =
        Assignments.isLeaf(place.buffer()) && assignments.containsKey(place.buffer().source());
    if (isLeaf(output) || !changes) {
      return place;
    }
    Place saved = Placement.work(output, output.shape());
    instructions.add(new Instruction.Copy(output, saved, place));
    return saved;
  }

  private static boolean isLeaf(Node node) {
    return node instanceof Input || node instanceof Parameter;
  }

  private Place placeOf(Node node) {
    if (lines.isAbsent(node)) {
      return placement.number(0, node.shape());
    }
    Line line = lines.of(node);
    return placement.of(line).at(line.stepOf(node));
  }

  /** Returns the place of an input or parameter, also of one that is only assigned. */
  private Place leafPlace(Node leaf) {
    if (lines.of(leaf) != null) {
      return placement.of(lines.of(leaf));
    }
    Buffer.Kind kind = leaf instanceof Input ? Buffer.Kind.INPUT : Buffer.Kind.WEIGHT;
    return unread.computeIfAbsent(
        leaf,
        absent ->
            new Place(new Buffer(kind, leaf.shape().elements(), leaf), Layout.dense(leaf.shape())));
  }
}
