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
    Map<Node, Place> places = new LinkedHashMap<>();
    outputs.forEach(output -> places.put(output, outputPlace(output)));
    int split = lowering.code().size();
    graph.order().stream().filter(node -> !first.contains(node)).forEach(lowering::lower);

    places.values().forEach(place -> lasting.add(place.buffer()));
    for (Node leaf : Graphs.topological(List.copyOf(withAssigned()))) {
      if (leaf instanceof Input || leaf instanceof Parameter) {
        places.put(leaf, leafPlace(leaf));
        lasting.add(leafPlace(leaf).buffer());
      }
    }
    List<Instruction> code = assign(new ArrayList<>(lowering.code()), split);
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

  /** Returns where an output lies: not in the array of a leaf whose value changes. */
  private Place outputPlace(Node output) {
    Place place = lowering.placeOf(output);
    boolean leaf = output instanceof Input || output instanceof Parameter;
    boolean changes = isLeaf(place.buffer()) && assignments.containsKey(place.buffer().source());
    return changes && !leaf ? save(output, place, lowering.code()) : place;
  }

  private static boolean isLeaf(Buffer buffer) {
    return buffer.kind() == Buffer.Kind.INPUT || buffer.kind() == Buffer.Kind.WEIGHT;
  }

  private static Place save(Node value, Place from, List<Instruction> code) {
    Buffer buffer = new Buffer(Buffer.Kind.WORK, value.shape().elements(), value);
    Place saved = new Place(buffer, Layout.dense(value.shape()));
    code.add(new Copy(value, saved, from));
    return saved;
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
  private List<Instruction> assign(List<Instruction> code, int split) {
    Map<Place, Place> copies = new LinkedHashMap<>();
    List<Instruction> early = new ArrayList<>();
    assignments.forEach(
        (leaf, value) -> {
          Place from = lowering.placeOf(value);
          copies.put(leafPlace(leaf), isLeaf(from.buffer()) ? save(value, from, early) : from);
        });
    code.addAll(early);
    List<Instruction> all = code;
    for (Map.Entry<Place, Place> copy : copies.entrySet()) {
      Buffer old = copy.getValue().buffer();
      boolean only = copies.values().stream().filter(from -> from.buffer() == old).count() == 1;
      if (only && canComputeIn(copy.getKey().buffer(), copy.getValue(), all, split)) {
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

  /**
   * Returns whether nobody reads a leaf's old value after its new one begins to be written, and its
   * new value but from the array itself: products read packed copies, which are still the old ones.
   */
  private boolean canComputeIn(Buffer leaf, Place value, List<Instruction> code, int split) {
    Buffer buffer = value.buffer();
    if (buffer.kind() != Buffer.Kind.WORK || !value.isWhole() || lasting.contains(buffer)) {
      return false;
    }
    boolean writing = false;
    for (int i = 0; i < code.size(); i++) {
      Instruction instruction = code.get(i);
      boolean reads = instruction.operands().stream().anyMatch(x -> x.buffer() == leaf);
      boolean writes = instruction.target().buffer() == buffer;
      boolean inPlace =
          instruction instanceof Instruction.Elementwise
              && instruction.operands().stream().allMatch(x -> x.buffer() != leaf || x.isWhole());
      boolean packs =
          instruction instanceof Instruction.Product product && product.b().buffer() == buffer;
      if (packs
          || (writes && i < split)
          || instruction.target().buffer() == leaf
          || (reads && writing)
          || (reads && writes && !inPlace)) {
        return false;
      }
      writing |= writes;
    }
    return true;
  }
}
