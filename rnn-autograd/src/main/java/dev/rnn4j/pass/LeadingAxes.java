package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Where the axes of a signal's values, T and N first, are in what was computed from them. Sizes
 * alone do not tell: with T = N, or as many features as sequences, a transposed sequence looks like
 * one.
 */
final class LeadingAxes {
  /** A function has fewer nodes; the steps of a recurrence, which keeps its axes, may have more. */
  private static final int MOST = 1000;

  private final Node values;

  /** What each axis is made of, for what is computed from the values. */
  private final Map<Node, Axis[]> axes = new HashMap<>();

  /** The axes of the result. */
  private final Axis[] found;

  private LeadingAxes(Node values, Node result) {
    this.values = values;
    Axis[] own = unknown(values.shape());
    Arrays.setAll(own, axis -> Axis.of(new Axis.Piece(axis, 1, values.size(axis))));
    axes.put(values, own);
    for (Node node : between(result)) {
      if (node.operands().stream().anyMatch(axes::containsKey)) {
        axes.put(node, ofResult(node));
      }
    }
    found = axes.getOrDefault(result, unknown(result.shape()));
  }

  /** Returns whether a result is known to begin with other axes than T and N. */
  static boolean areMoved(Node values, Node result) {
    LeadingAxes all = new LeadingAxes(values, result);
    return all.isMoved(0) || all.isMoved(1);
  }

  /**
   * Returns whether one of a result's first axes is known to be T or N, and none to be new: enough
   * to tell where an axis less is there.
   */
  static boolean areTold(Node values, Node result) {
    LeadingAxes all = new LeadingAxes(values, result);
    return (all.isKept(0) || all.isKept(1)) && !all.found[0].isNew() && !all.found[1].isNew();
  }

  private boolean isKept(int axis) {
    return found[axis].isAllOf(axis, values.size(axis));
  }

  /** Returns whether an axis is not where it was: another one is, or it is somewhere else. */
  private boolean isMoved(int axis) {
    int size = values.size(axis);
    return !isKept(axis)
        && (found[axis].isKnown()
            || size > 1 && Arrays.stream(found).anyMatch(other -> other.isAllOf(axis, size)));
  }

  /** Returns what a result is computed from since there were the values, operands first. */
  private List<Node> between(Node result) {
    Set<Node> nodes = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(result));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node.id() <= values.id() || !nodes.add(node)) {
        continue;
      }
      if (nodes.size() > MOST) {
        return List.of();
      }
      node.operands().forEach(open::push);
    }
    return nodes.stream().sorted(Comparator.comparingLong(Node::id)).toList();
  }

  private Axis[] ofResult(Node node) {
    Axis[] merged = unknown(node.shape());
    for (int i = 0; i < node.operands().size(); i++) {
      Axis[] own = axes.get(node.operand(i));
      if (own != null) {
        Axis[] passed = passedOn(node, i, own);
        Arrays.setAll(merged, axis -> merged[axis].with(passed[axis]));
      }
    }
    if (node.op() instanceof Matmul) {
      int rank = merged.length;
      for (int i = 0; i < 2; i++) {
        if (!axes.containsKey(node.operand(i))) {
          int own = rank - 2 + i;
          merged[own] = Axis.of(new Axis.Piece(Axis.NEW, 1, node.size(own)));
        }
      }
    }
    return merged;
  }

  /** Returns the axes of a result as far as they are those of an operand. */
  private static Axis[] passedOn(Node node, int position, Axis[] own) {
    Op op = node.op();
    Shape operand = node.operand(position).shape();
    int rank = node.shape().rank();
    Axis[] unknown = unknown(node.shape());
    if (op instanceof ViewOp view) {
      return viewed(view, node, own);
    }
    if (op instanceof AxesOp fold) {
      return folded(fold, own, unknown);
    }
    if (op instanceof JoinOp join && join.addsAxis()) {
      for (int i = 0; i < own.length; i++) {
        unknown[i < join.axis() ? i : i + 1] = own[i];
      }
      return unknown;
    }
    if (op instanceof Matmul) {
      Axis[] aligned = aligned(operand, own, node.shape());
      int other = rank - (position == 0 ? 1 : 2);
      aligned[other] = unknown[other];
      return aligned;
    }
    if (op instanceof Gather) {
      if (position == 1) {
        System.arraycopy(own, 0, unknown, 0, own.length);
      }
      return unknown;
    }
    return operand.rank() <= rank ? aligned(operand, own, node.shape()) : unknown;
  }

  /** A view has the strides of its operand's axes, in parts, joined, and in whatever order. */
  private static Axis[] viewed(ViewOp op, Node node, Axis[] own) {
    Axis[] viewed = unknown(node.shape());
    Layout after = op.view(node, Layout.dense(node.operand(0).shape())).orElse(null);
    boolean empty = node.operand(0).shape().elements() == 0 || node.shape().elements() == 0;
    if (after != null && !empty) {
      Axis all = Axis.joined(List.of(own));
      for (int i = 0; i < viewed.length; i++) {
        if (node.size(i) > 1 && after.stride(i) > 0) {
          viewed[i] = all.between(after.stride(i), after.stride(i) * node.size(i));
        }
      }
    }
    return viewed;
  }

  private static Axis[] folded(AxesOp fold, Axis[] own, Axis[] unknown) {
    int at = 0;
    for (int i = 0; i < own.length; i++) {
      boolean stays = unknown.length == own.length || !fold.folds(i);
      if (stays) {
        unknown[at] = fold.folds(i) ? unknown[at] : own[i];
        at++;
      }
    }
    return unknown;
  }

  /** Returns the axes of an operand that is broadcast: from the last one on, of the same size. */
  private static Axis[] aligned(Shape operand, Axis[] own, Shape result) {
    Axis[] aligned = unknown(result);
    int lead = result.rank() - own.length;
    for (int i = 0; i < own.length; i++) {
      if (operand.size(i) == result.size(lead + i)) {
        aligned[lead + i] = own[i];
      }
    }
    return aligned;
  }

  private static Axis[] unknown(Shape shape) {
    return IntStream.range(0, shape.rank())
        .mapToObj(axis -> Axis.unknown(shape.size(axis)))
        .toArray(Axis[]::new);
  }
}
