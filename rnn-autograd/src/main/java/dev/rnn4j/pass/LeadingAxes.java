package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Reshape;
import dev.rnn4j.graph.op.Select;
import dev.rnn4j.pass.Axis.Of;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Whether what was computed from a signal's values still begins with T and N. Sizes alone do not
 * tell: with T = N, or as many features as sequences, a transposed sequence looks like one. So each
 * axis of each node in between is followed.
 *
 * <p>N is shown: sequences may be read in any order, and the results come in that order. T is where
 * time steps are, in whatever order or mixture: a sequence shifted by a step, or weighed over time,
 * is still one. What is put beside the values, and does not come from them, is taken to fit.
 */
final class LeadingAxes {
  private final Node values;
  private final Node mask;
  private final Node result;
  private final Map<Node, Axes> known = new HashMap<>();

  private LeadingAxes(Node values, Node mask, Node result) {
    this.values = values;
    this.mask = mask;
    this.result = result;
    known.put(values, Axes.ofSequence(values));
    known.put(mask, Axes.ofSequence(mask));
    if (isMasked(values) && values.operand(1).shape().equals(values.shape())) {
      known.put(values.operand(1), Axes.ofSequence(values)); // the same, before what counts is left
    }
    for (Node node : between()) {
      if (isMasked(node)) {
        known.put(node, Axes.ofSequence(node));
      } else if (node.operands().stream().anyMatch(this::comesFromValues)) {
        List<Axes> operands = node.operands().stream().map(this::axes).toList();
        known.put(node, AxisRules.of(node, operands, mask.size(0)));
      }
    }
  }

  /**
   * Follows the axes of a masked signal.
   *
   * @param values {@code [T, N, ...]}
   * @param mask {@code [T, N]}
   * @param result what has such a shape
   */
  static LeadingAxes of(Node values, Node mask, Node result) {
    return new LeadingAxes(values, mask, result);
  }

  private boolean comesFromValues(Node node) {
    return known.containsKey(node) && node.shape().elements() > 0;
  }

  private Axes axes(Node node) {
    Axes axes = known.get(node);
    return axes == null ? Axes.ofAnother(node) : axes;
  }

  /** Returns whether a node has already been masked, so that its axes are known. */
  private boolean isMasked(Node node) {
    if (!(node.op() instanceof Select) || !node.shape().startsWith(mask.shape())) {
      return false;
    }
    Node counts = node.operand(0);
    Node origin = counts.op() instanceof Reshape ? counts.operand(0) : counts;
    return origin == mask && counts.shape().startsWith(mask.shape());
  }

  /** Returns what the result is computed from since there were the values, operands first. */
  private List<Node> between() {
    Set<Node> nodes = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(result));
    while (!open.isEmpty()) {
      Node node = open.pop();
      boolean masked = isMasked(node);
      boolean before = node.id() <= values.id();
      if (!known.containsKey(node) && (masked || !before) && nodes.add(node) && !masked) {
        node.operands().forEach(open::push);
      }
    }
    return nodes.stream().sorted(Comparator.comparingLong(Node::id)).toList();
  }

  /** Returns whether a result is computed from the values, or from others under their mask. */
  boolean isFollowed() {
    return known.containsKey(result);
  }

  /** Returns whether a result that is followed begins with T and N. */
  boolean areKept() {
    Axes found = axes(result);
    boolean steps =
        mask.size(0) == 1
            || found.get(0).isAllOf(Of.T, mask.size(0))
            || found.get(0).isOf(Of.SAME)
            || found.get(0).isOf(Of.ANY);
    boolean sequences = mask.size(1) == 1 || found.get(1).isAllOf(Of.N, mask.size(1));
    boolean again =
        found.all().stream()
            .skip(2)
            .anyMatch(axis -> axis.has(Of.T) || axis.has(Of.N) || axis.has(Of.MIXED));
    return !found.isLost() && steps && sequences && !again;
  }

  /** Returns whether T or N is known to be in a result, and somewhere else. */
  boolean areMoved() {
    List<Axis> found = axes(result).all();
    boolean moved = false;
    for (int i = 0; i < found.size(); i++) {
      moved |= i != 0 && found.get(i).has(Of.T) || i != 1 && found.get(i).has(Of.N);
    }
    return moved;
  }
}
