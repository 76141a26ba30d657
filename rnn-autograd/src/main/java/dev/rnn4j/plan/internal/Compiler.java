package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.plan.internal.Instruction.Copy;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** From nodes to a program: simplify, lower, assign, share memory. */
public final class Compiler {
  private final List<Node> outputs;
  private final Map<Node, Node> assignments;
  private final Simplified graph;
  private final Lowering lowering;
  private final Set<Buffer> lasting = new HashSet<>();
  private final Map<Node, Place> unread = new HashMap<>();

  private Compiler(List<Node> outputs, Map<Node, Node> assignments) {
    this.outputs = outputs;
    this.assignments = assignments;
    List<Node> roots = new ArrayList<>(outputs);
    roots.addAll(assignments.values());
    this.graph = new Simplified(roots);
    Set<Node> kept = new HashSet<>();
    roots.forEach(root -> kept.add(graph.standsFor(root)));
    this.lowering = new Lowering(graph, kept);
  }

  /**
   * Compiles a graph.
   *
   * @param outputs what can be read after a run
   * @param assignments the new values that parameters and inputs get at the end of a run, all
   *     computed from the old ones
   */
  public static Program compile(List<Node> outputs, Map<Node, Node> assignments) {
    return new Compiler(outputs, assignments).compile();
  }

  private Program compile() {
    Set<Node> first = new HashSet<>(needed(outputs));
    graph.order().stream().filter(first::contains).forEach(lowering::lower);
    int split = lowering.code().size();
    graph.order().stream().filter(node -> !first.contains(node)).forEach(lowering::lower);

    Map<Node, Place> places = new LinkedHashMap<>();
    outputs.forEach(output -> places.put(output, lowering.placeOf(output)));
    places.values().forEach(place -> lasting.add(place.buffer()));
    for (Node leaf : Graphs.topological(List.copyOf(withAssigned()))) {
      if (leaf instanceof Input || leaf instanceof Parameter) {
        places.put(leaf, leafPlace(leaf));
        lasting.add(leafPlace(leaf).buffer());
      }
    }
    List<Instruction> code = assign(new ArrayList<>(lowering.code()));
    MemoryPlan memory = new MemoryPlan(code, lasting);
    return new Program(List.copyOf(code), split, memory.arrays(), places, memory.summary());
  }

  private Set<Node> withAssigned() {
    Set<Node> nodes = new HashSet<>(outputs);
    nodes.addAll(assignments.values());
    nodes.addAll(assignments.keySet());
    return nodes;
  }

  private Set<Node> needed(List<Node> roots) {
    Set<Node> needed = new HashSet<>();
    roots.forEach(root -> needed.add(graph.standsFor(root)));
    List<Node> order = graph.order();
    for (int i = order.size() - 1; i >= 0; i--) {
      if (needed.contains(order.get(i))) {
        needed.addAll(graph.operands(order.get(i)));
      }
    }
    return needed;
  }

  /** Returns the place of an input or parameter, also of one that is only assigned. */
  private Place leafPlace(Node leaf) {
    Place place = lowering.placeOf(leaf);
    if (place != null) {
      return place;
    }
    Buffer.Kind kind = leaf instanceof Input ? Buffer.Kind.INPUT : Buffer.Kind.WEIGHT;
    return unread.computeIfAbsent(
        leaf,
        absent ->
            new Place(new Buffer(kind, leaf.shape().elements(), leaf), Layout.dense(leaf.shape())));
  }

  /** Adds the copies that give leaves their new values, or computes these in place. */
  private List<Instruction> assign(List<Instruction> code) {
    Map<Place, Place> copies = new LinkedHashMap<>();
    List<Instruction> early = new ArrayList<>();
    assignments.forEach(
        (leaf, value) -> {
          Place from = lowering.placeOf(value);
          if (from.buffer().kind() == Buffer.Kind.INPUT
              || from.buffer().kind() == Buffer.Kind.WEIGHT) {
            Place saved =
                new Place(
                    new Buffer(Buffer.Kind.WORK, value.shape().elements(), value),
                    Layout.dense(value.shape()));
            early.add(new Copy(value, saved, from));
            from = saved;
          }
          copies.put(leafPlace(leaf), from);
        });
    code.addAll(early);
    List<Instruction> all = code;
    for (Map.Entry<Place, Place> copy : copies.entrySet()) {
      if (canComputeIn(copy.getKey().buffer(), copy.getValue(), all)) {
        Buffer old = copy.getValue().buffer();
        Buffer leaf = copy.getKey().buffer();
        all =
            new ArrayList<>(
                all.stream()
                    .map(i -> i.map(place -> place.buffer() == old ? place.in(leaf) : place))
                    .toList());
      } else {
        all.add(new Copy(copy.getKey().buffer().source(), copy.getKey(), copy.getValue()));
      }
    }
    return all;
  }

  /** Returns whether nobody reads a leaf's old value after its new one begins to be written. */
  private boolean canComputeIn(Buffer leaf, Place value, List<Instruction> code) {
    Buffer buffer = value.buffer();
    if (buffer.kind() != Buffer.Kind.WORK || !value.isWhole() || lasting.contains(buffer)) {
      return false;
    }
    boolean writing = false;
    for (Instruction instruction : code) {
      boolean reads = instruction.operands().stream().anyMatch(x -> x.buffer() == leaf);
      boolean writes = instruction.target().buffer() == buffer;
      boolean inPlace =
          instruction instanceof Instruction.Elementwise
              && instruction.operands().stream().allMatch(x -> x.buffer() != leaf || x.isWhole());
      if (instruction.target().buffer() == leaf
          || (reads && writing)
          || (reads && writes && !inPlace)) {
        return false;
      }
      writing |= writes;
    }
    return true;
  }
}
