package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.internal.Schedule.Group;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From nodes to a program: lines, their schedule, their places, instructions, memory. */
public final class Compiler {
  private final List<Node> outputs;
  private final Map<Node, Node> assignments;
  private final List<Node> roots;
  private final Lines lines;
  private final Placement placement;
  private final Map<Node, Place> unread = new HashMap<>();
  private final List<Instruction> code;
  private final int split;

  private Compiler(List<Node> outputs, Map<Node, Node> assignments) {
    this.outputs = outputs;
    this.assignments = assignments;
    this.roots = new ArrayList<>(outputs);
    roots.addAll(assignments.values());
    this.lines = new Lines(roots);
    List<Group> groups = Schedule.of(lines, outputs);
    List<Line> live = groups.stream().flatMap(group -> group.lines().stream()).toList();
    Modes modes = new Modes(groups);
    Uses uses = new Uses(lines, live, roots);
    Sums sums = new Sums(lines, uses, modes, live);
    this.placement = new Placement(lines, uses, modes, sums, live);
    Lowering lowering = new Lowering(lines, uses, modes, sums, placement);
    Set<Line> first = needed(outputs);
    groups.stream().filter(group -> first.contains(group.lines().get(0))).forEach(lowering::lower);
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
   */
  public static Program compile(List<Node> outputs, Map<Node, Node> assignments) {
    return new Compiler(outputs, assignments).program();
  }

  private Set<Line> needed(List<Node> nodes) {
    Set<Line> needed = new HashSet<>();
    for (Node node : Graphs.topological(nodes)) {
      needed.add(lines.of(node));
    }
    return needed;
  }

  private Program program() {
    Set<Buffer> lasting = new HashSet<>();
    Map<Node, Place> places = new LinkedHashMap<>();
    for (Node output : outputs) {
      places.put(output, placeOf(output));
      lasting.add(placeOf(output).buffer());
    }
    Set<Node> all = new HashSet<>(roots);
    all.addAll(assignments.keySet());
    for (Node leaf : Graphs.topological(List.copyOf(all))) {
      if (leaf instanceof Input || leaf instanceof Parameter) {
        places.put(leaf, leafPlace(leaf));
        lasting.add(leafPlace(leaf).buffer());
      }
    }
    List<Instruction> assigned = assign(new ArrayList<>(code), lasting);
    MemoryPlan memory = new MemoryPlan(assigned, lasting);
    return new Program(List.copyOf(assigned), split, memory.arrays(), places, memory.summary());
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

  // ---------------------------------------------------------------- assignments

  /** Adds the copies that give leaves their new values, or computes these in place. */
  private List<Instruction> assign(List<Instruction> instructions, Set<Buffer> lasting) {
    Map<Place, Place> copies = new LinkedHashMap<>();
    assignments.forEach(
        (leaf, value) -> {
          Place from = placeOf(value);
          if (from.buffer().kind() == Buffer.Kind.INPUT
              || from.buffer().kind() == Buffer.Kind.WEIGHT) {
            Place saved = Placement.work(value, value.shape());
            instructions.add(new Instruction.Copy(value, saved, from));
            from = saved;
          }
          copies.put(leafPlace(leaf), from);
        });
    List<Instruction> all = instructions;
    for (Map.Entry<Place, Place> copy : copies.entrySet()) {
      Buffer leaf = copy.getKey().buffer();
      Buffer value = copy.getValue().buffer();
      if (!lasting.contains(value) && canComputeIn(leaf, copy.getValue(), all)) {
        all =
            new ArrayList<>(
                all.stream()
                    .map(i -> i.map(place -> place.buffer() == value ? place.in(leaf) : place))
                    .toList());
      } else {
        all.add(new Instruction.Copy(leaf.source(), copy.getKey(), copy.getValue()));
      }
    }
    return all;
  }

  /** Returns whether nobody reads a leaf's old value after its new one begins to be written. */
  private static boolean canComputeIn(Buffer leaf, Place value, List<Instruction> code) {
    Buffer buffer = value.buffer();
    if (buffer.kind() != Buffer.Kind.WORK || !value.isWhole()) {
      return false;
    }
    boolean writing = false;
    for (Instruction top : code) {
      for (Instruction instruction : top.flat()) {
        boolean reads = instruction.operands().stream().anyMatch(x -> x.buffer() == leaf);
        boolean writes = instruction.target().buffer() == buffer;
        boolean inPlace =
            instruction instanceof Instruction.Elementwise
                && instruction.operands().stream().allMatch(x -> x.buffer() != leaf || x.isWhole());
        boolean looped = top != instruction && writes;
        if (instruction.target().buffer() == leaf
            || (reads && writing)
            || (reads && writes && !inPlace)
            || looped) {
          return false;
        }
        writing |= writes;
      }
    }
    return true;
  }
}
