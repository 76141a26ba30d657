package dev.rnn4j.grad;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;

/** What the consumers of one node have contributed to its gradient so far. */
final class Contributions {
  private final Map<Families.Use, List<Node>> terms = new HashMap<>();
  private final Map<Families.Use, List<Node[]>> steps = new HashMap<>();

  void add(Families.Use use, Node gradient) {
    terms.computeIfAbsent(use, absent -> new ArrayList<>()).add(gradient);
  }

  /** Adds the gradient of step t of this node: one stack will hold the gradients of all steps. */
  void addStep(Families.Use use, int t, int length, Node gradient) {
    List<Node[]> stacks = steps.computeIfAbsent(use, absent -> new ArrayList<>());
    for (Node[] stack : stacks) {
      if (stack[t] == null) {
        stack[t] = gradient;
        return;
      }
    }
    Node[] fresh = new Node[length];
    fresh[t] = gradient;
    stacks.add(fresh);
  }

  /** Returns the terms of one use in ascending time, for a node of the given shape. */
  List<Node> of(Families.Use use, Shape shape, Function<Shape, Node> zeros) {
    List<Node> all = new ArrayList<>(terms.getOrDefault(use, List.of()));
    all.sort((a, b) -> Integer.compare(a.step(), b.step()));
    for (Node[] stack : steps.getOrDefault(use, List.of())) {
      Node absent = zeros.apply(shape.without(0));
      all.add(Node.stack(Arrays.stream(stack).map(g -> g == null ? absent : g).toList()));
    }
    return all;
  }
}
