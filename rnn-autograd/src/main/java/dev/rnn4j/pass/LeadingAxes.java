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

/**
 * Where the axes of a signal's values, T and N first, are in what was computed from them. Sizes
 * alone do not tell: with T = N, or as many features as sequences, a transposed sequence looks like
 * one.
 */
final class LeadingAxes {
  /** An axis of which nothing is known. */
  private static final int UNKNOWN = -1;

  /** An axis that is one of the values' in one operand, and another of them in another. */
  private static final int SEVERAL = -2;

  /** A function has fewer nodes; the steps of a recurrence, which keeps its axes, may have more. */
  private static final int MOST = 1000;

  private final Node values;

  /** Of each axis, which one of the values it is. */
  private final Map<Node, int[]> axes = new HashMap<>();

  private LeadingAxes(Node values) {
    this.values = values;
  }

  /** Returns whether a result is known to begin with other axes than T and N. */
  static boolean areMoved(Node values, Node result) {
    int[] found = new LeadingAxes(values).of(result);
    return (found[0] != UNKNOWN && found[0] != 0) || (found[1] != UNKNOWN && found[1] != 1);
  }

  /** Returns whether a result is known to begin with T and N. */
  static boolean areKept(Node values, Node result) {
    int[] found = new LeadingAxes(values).of(result);
    return found[0] == 0 && found[1] == 1;
  }

  private int[] of(Node result) {
    int[] own = unknown(values.shape().rank());
    Arrays.setAll(own, axis -> axis);
    axes.put(values, own);
    for (Node node : between(result)) {
      axes.put(node, ofResult(node));
    }
    return axes.getOrDefault(result, unknown(result.shape().rank()));
  }

  /** Returns what a result is computed from since there were the values, operands first. */
  private List<Node> between(Node result) {
    Set<Node> found = new HashSet<>();
    Deque<Node> open = new ArrayDeque<>(List.of(result));
    while (!open.isEmpty()) {
      Node node = open.pop();
      if (node.id() <= values.id() || !found.add(node)) {
        continue;
      }
      if (found.size() > MOST) {
        return List.of();
      }
      node.operands().forEach(open::push);
    }
    return found.stream().sorted(Comparator.comparingLong(Node::id)).toList();
  }

  private int[] ofResult(Node node) {
    int[] merged = unknown(node.shape().rank());
    for (int i = 0; i < node.operands().size(); i++) {
      int[] own = axes.get(node.operand(i));
      if (own != null) {
        merge(passedOn(node, i, own), merged);
      }
    }
    return merged;
  }

  private static void merge(int[] from, int[] into) {
    for (int i = 0; i < into.length; i++) {
      if (from[i] != UNKNOWN) {
        into[i] = into[i] == UNKNOWN || into[i] == from[i] ? from[i] : SEVERAL;
      }
    }
  }

  /** Returns the axes of a result as far as they are those of an operand. */
  private static int[] passedOn(Node node, int position, int[] own) {
    Op op = node.op();
    Shape operand = node.operand(position).shape();
    int rank = node.shape().rank();
    if (op instanceof ViewOp view) {
      return viewed(view, node, own);
    }
    if (op instanceof AxesOp fold) {
      return folded(fold, own, rank);
    }
    if (op instanceof JoinOp join && join.addsAxis()) {
      int[] joined = unknown(rank);
      for (int i = 0; i < own.length; i++) {
        joined[i < join.axis() ? i : i + 1] = own[i];
      }
      return joined;
    }
    if (op instanceof Matmul) {
      int[] aligned = aligned(operand, own, node.shape());
      aligned[rank - (position == 0 ? 1 : 2)] = UNKNOWN; // of the other operand
      return aligned;
    }
    if (op instanceof Gather) {
      int[] gathered = unknown(rank);
      if (position == 1) {
        System.arraycopy(own, 0, gathered, 0, own.length);
      }
      return gathered;
    }
    return operand.rank() <= rank ? aligned(operand, own, node.shape()) : unknown(rank);
  }

  /** A view has the strides of its operand's axes, whatever their order. */
  private static int[] viewed(ViewOp op, Node node, int[] own) {
    int[] axes = unknown(node.shape().rank());
    Layout before = Layout.dense(node.operand(0).shape());
    Layout after = op.view(node, before).orElse(null);
    for (int i = 0; after != null && i < axes.length; i++) {
      for (int j = 0; j < own.length; j++) {
        boolean same =
            after.stride(i) == before.stride(j)
                && after.shape().size(i) == before.shape().size(j)
                && before.shape().size(j) > 1;
        axes[i] = same ? own[j] : axes[i];
      }
    }
    return axes;
  }

  private static int[] folded(AxesOp fold, int[] own, int rank) {
    int[] axes = unknown(rank);
    int at = 0;
    for (int i = 0; i < own.length; i++) {
      boolean stays = rank == own.length || !fold.folds(i);
      if (stays) {
        axes[at++] = fold.folds(i) ? UNKNOWN : own[i];
      }
    }
    return axes;
  }

  /** Returns the axes of an operand that is broadcast: from the last one on, of the same size. */
  private static int[] aligned(Shape operand, int[] own, Shape result) {
    int[] axes = unknown(result.rank());
    int lead = result.rank() - own.length;
    for (int i = 0; i < own.length; i++) {
      if (operand.size(i) == result.size(lead + i)) {
        axes[lead + i] = own[i];
      }
    }
    return axes;
  }

  private static int[] unknown(int rank) {
    int[] axes = new int[rank];
    Arrays.fill(axes, UNKNOWN);
    return axes;
  }
}
