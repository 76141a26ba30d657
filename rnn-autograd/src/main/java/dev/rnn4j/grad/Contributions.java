package dev.rnn4j.grad;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.function.Function;

/** What the consumers of one node have contributed to its gradient so far. */
final class Contributions {
  /** What a use has contributed that is more than one node. */
  private static final class Term {
    private final List<Node> nodes = new ArrayList<>();
    private final List<Node[]> stacks = new ArrayList<>(1);
  }

  /** By the number of the use: its first node. */
  private final Node[] first;

  private Term[] more;

  /** Creates an empty one for a node with so many uses. */
  Contributions(int uses) {
    first = new Node[uses];
  }

  private Term more(Families.Use use) {
    more = more == null ? new Term[first.length] : more;
    int number = use.number();
    more[number] = more[number] == null ? new Term() : more[number];
    return more[number];
  }

  void add(Families.Use use, Node gradient) {
    if (first[use.number()] == null) {
      first[use.number()] = gradient;
    } else {
      more(use).nodes.add(gradient);
    }
  }

  /** Adds the gradient of step t of this node: one stack will hold the gradients of all steps. */
  void addStep(Families.Use use, int t, int length, Node gradient) {
    List<Node[]> stacks = more(use).stacks;
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

  /**
   * Collects the terms of one use in ascending time, for a node of the given shape; returns whether
   * there are any.
   */
  boolean collect(
      Families.Use use, Shape shape, Function<Shape, Node> zeros, List<Node> collected) {
    int before = collected.size();
    Node only = first[use.number()];
    if (only != null) {
      collected.add(only);
    }
    Term term = more == null ? null : more[use.number()];
    if (term != null) {
      collected.addAll(term.nodes);
      collected.subList(before, collected.size()).sort(Comparator.comparingInt(Node::step));
      for (Node[] stack : term.stacks) {
        Node absent = zeros.apply(shape.without(0));
        collected.add(Node.stack(Arrays.stream(stack).map(g -> g == null ? absent : g).toList()));
      }
    }
    return collected.size() > before;
  }
}
