package dev.rnn4j.plan.internal.lowering;

import com.google.common.collect.Streams;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.plan.Pass;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lowering.Schedule.Component;
import dev.rnn4j.plan.internal.program.Draft;
import dev.rnn4j.plan.internal.program.Instruction;
import dev.rnn4j.plan.internal.program.Place;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/** From lines to the draft of a program: their schedule, their places, their instructions. */
public final class Drafting {
  private final Lines lines;
  private final Map<Node, Node> assignments;
  private final Placement placement;
  private final Map<Node, Place> places = new LinkedHashMap<>();
  private final List<Instruction> code;
  private final int split;

  private Drafting(Lines lines, List<Node> outputs, Map<Node, Node> assignments, Set<Pass> passes) {
    this.lines = lines;
    this.assignments = assignments;
    List<Node> roots = new ArrayList<>(outputs);
    roots.addAll(assignments.values());
    List<Component> components = Schedule.of(lines, outputs);
    List<Line> live = components.stream().flatMap(component -> component.lines().stream()).toList();
    Modes modes = new Modes(components, passes.contains(Pass.DISTRIBUTE));
    Uses uses = new Uses(lines, live, roots);
    Sums sums = new Sums(uses, modes, passes.contains(Pass.CONTRACT) ? live : List.of());
    this.placement = new Placement(uses, modes, sums, live);
    Lowering lowering = new Lowering(lines, uses, modes, sums, placement);
    components.stream().filter(Component::first).forEach(lowering::lower);
    this.code = lowering.code();
    outputs.forEach(output -> places.computeIfAbsent(output, this::outputPlace));
    this.split = code.size();
    lowering.beginUpdates();
    components.stream().filter(component -> !component.first()).forEach(lowering::lower);
  }

  /**
   * Writes down what lines compute.
   *
   * @param outputs what can be read after a run
   * @param inputs what can be set before one, besides what lines read
   * @param assignments the new values of parameters and inputs
   */
  public static Draft of(
      Lines lines,
      List<Node> outputs,
      Set<Input> inputs,
      Map<Node, Node> assignments,
      Set<Pass> passes) {
    return new Drafting(lines, outputs, assignments, passes).draft(inputs, passes);
  }

  private Draft draft(Set<Input> inputs, Set<Pass> passes) {
    Stream<Node> read =
        lines.all().stream().filter(line -> line.kind() == Kind.LEAF).map(Line::node);
    Streams.concat(inputs.stream(), assignments.keySet().stream(), read)
        .distinct()
        .sorted(Comparator.comparingLong(Node::id))
        .forEach(leaf -> places.put(leaf, leafPlace(leaf)));
    Assignments end =
        new Assignments(
            new Draft(
                code.subList(0, split),
                code.subList(split, code.size()),
                places,
                passes,
                lines.nodes()));
    assignments.forEach((leaf, value) -> end.add(places.get(leaf), placeOf(value)));
    return end.draft();
  }

  /**
   * Returns where an output lies: not in the array of a leaf that it is a view of, which may be set
   * again, or updated, before the output is read.
   */
  private Place outputPlace(Node output) {
    Place place = placeOf(output);
    if (Kind.of(output.op()) == Kind.LEAF || !Assignments.isLeaf(place.buffer())) {
      return place;
    }
    Place saved = Placement.work(output, output.shape());
    code.add(new Instruction.Copy(output, saved, place));
    return saved;
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
    Line line = lines.of(leaf);
    return line == null ? Placement.leaf(leaf) : placement.of(line);
  }
}
