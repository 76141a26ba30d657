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
  /** By the number of the use. */
  private final List<Term> terms = new ArrayList<>();

  private static final class Term {
    private final List<Node> nodes = new ArrayList<>(1);
    private final List<Node[]> stacks = new ArrayList<>(0);
  }

  private Term term(Families.Use use) {
    while (terms.size() <= use.number()) {
      terms.add(null);
    }
    Term term = terms.get(use.number());
    if (term == null) {
      term = new Term();
      terms.set(use.number(), term);
    }
    return term;
  }

  void add(Families.Use use, Node gradient) {
    term(use).nodes.add(gradient);
  }

  /** Adds the gradient of step t of this node: one stack will hold the gradients of all steps. */
  void addStep(Families.Use use, int t, int length, Node gradient) {
    List<Node[]> stacks = term(use).stacks;
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
    Term term = use.number() < terms.size() ? terms.get(use.number()) : null;
    if (term == null) {
      return List.of();
    }
    List<Node> all = term.nodes;
    all.sort(Comparator.comparingInt(Node::step));
    for (Node[] stack : term.stacks) {
      Node absent = zeros.apply(shape.without(0));
      all.add(Node.stack(Arrays.stream(stack).map(g -> g == null ? absent : g).toList()));
    }
    return all;
  }
}
