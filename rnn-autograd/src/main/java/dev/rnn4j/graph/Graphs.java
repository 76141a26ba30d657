package dev.rnn4j.graph;

import com.google.common.base.Joiner;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;

/** Whole graphs: order, text and pictures. */
public final class Graphs {
  private Graphs() {}

  /** Returns all nodes that the given ones are computed from, and these, operands first. */
  public static List<Node> topological(List<? extends Node> roots) {
    return new Order(roots).nodes();
  }

  /**
   * Returns the graph as text: a numbered line for each node, first those outside every loop that
   * come before it, then time step by time step.
   */
  public static String toText(Node root) {
    List<Node> nodes = topological(List.of(root));
    Map<Node, Integer> numbers = numbered(nodes);
    StringBuilder text = new StringBuilder();
    int step = Trace.NO_STEP;
    for (Node node : nodes) {
      if (node.step() != step) {
        step = node.step();
        text.append(step == Trace.NO_STEP ? "outside the loops" : "time step " + step).append('\n');
      }
      List<String> operands = new ArrayList<>();
      node.operands().forEach(operand -> operands.add("%" + numbers.get(operand)));
      text.append(
          String.format(
              Locale.ROOT,
              "  %%%d = %s(%s) %s%n",
              numbers.get(node),
              title(node),
              Joiner.on(", ").join(operands),
              node.shape()));
    }
    return text.toString().replace(System.lineSeparator(), "\n");
  }

  /** Returns the graph in the DOT language of Graphviz, with a box for each time step. */
  public static String toDot(Node root) {
    List<Node> nodes = topological(List.of(root));
    Map<Node, Integer> numbers = numbered(nodes);
    Map<Integer, List<Node>> bySteps = new TreeMap<>();
    nodes.forEach(node -> bySteps.computeIfAbsent(node.step(), t -> new ArrayList<>()).add(node));
    StringBuilder dot = new StringBuilder("digraph rnn {\n  rankdir=LR;\n  node [shape=box];\n");
    bySteps.forEach(
        (step, members) -> {
          boolean loop = step != Trace.NO_STEP;
          if (loop) {
            dot.append("  subgraph cluster_").append(step);
            dot.append(" {\n    label=\"time step ").append(step).append("\";\n");
          }
          for (Node node : members) {
            String label = title(node).replace("\\", "\\\\").replace("\"", "\\\"");
            dot.append("    n").append(numbers.get(node)).append(" [label=\"").append(label);
            dot.append("\\n").append(node.shape()).append("\"];\n");
          }
          dot.append(loop ? "  }\n" : "");
        });
    for (Node node : nodes) {
      for (Node operand : node.operands()) {
        dot.append("  n").append(numbers.get(operand)).append(" -> n");
        dot.append(numbers.get(node)).append(";\n");
      }
    }
    return dot.append("}\n").toString();
  }

  /** Returns what a dump calls a node: a leaf's name, or path and op. */
  public static String title(Node node) {
    return node instanceof Parameter || node instanceof Input
        ? Wording.nameOf(node)
        : node.family().label();
  }

  private static Map<Node, Integer> numbered(List<Node> nodes) {
    Map<Node, Integer> numbers = new HashMap<>();
    nodes.forEach(node -> numbers.put(node, numbers.size()));
    return numbers;
  }
}
