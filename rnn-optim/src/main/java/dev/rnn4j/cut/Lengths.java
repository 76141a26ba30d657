package dev.rnn4j.cut;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The same graph at two lengths, node by node: the axis of time is the one that is longer in the
 * longer one. Where they differ in more than that, nodes are {@linkplain #odd odd}.
 */
final class Lengths {
  /** No axis is longer. */
  static final int NONE = -1;

  private final int shorter;
  private final int longer;
  private final Map<Node, Integer> axes = new HashMap<>();
  private final Map<Node, String> odd = new HashMap<>();
  private final boolean alike;

  Lengths(Order a, int shorter, Order b, int longer) {
    this.shorter = shorter;
    this.longer = longer;
    List<Node> ofShorter = lines(a, b);
    List<Node> ofLonger = lines(b, a);
    alike = ofShorter.size() == ofLonger.size();
    for (int i = 0; alike && i < ofShorter.size(); i++) {
      compare(ofShorter.get(i), ofLonger.get(i));
    }
  }

  /**
   * Returns the nodes outside loops, and of each line of a loop the first, in the order in which
   * they were built; but for those that both graphs have, parameters for example.
   */
  private static List<Node> lines(Order order, Order other) {
    Set<Family> known = new HashSet<>();
    List<Node> lines = new ArrayList<>();
    for (Node node : order.nodes()) {
      boolean first = node.step() == Trace.NO_STEP || known.add(node.family());
      if (first && other.of(node) < 0) {
        lines.add(node);
      }
    }
    return lines;
  }

  private void compare(Node a, Node b) {
    int axis = axis(a.shape(), b.shape());
    axes.put(a, axis);
    axes.put(b, axis);
    String why = null;
    if (a.op().getClass() != b.op().getClass()) {
      why = "is another one for sequences of another length";
    } else if (axis < NONE) {
      why = "has not as many time steps as the sequence";
    } else if (axis != NONE && a.step() != Trace.NO_STEP) {
      why = "reads the whole sequence at each time step";
    } else if (!isSame(a, b)) {
      why =
          axis == NONE
              ? "follows from the number of time steps, as a mean over them does; of a loss, the"
                  + " weight can divide by it: LossSum.of(sum, weight)"
              : "has values of its own for each time step";
    }
    if (why != null) {
      odd.put(a, why);
      odd.put(b, why);
    }
  }

  /** Returns whether two nodes that stand for each other compute the same. */
  static boolean isSame(Node a, Node b) {
    if (a == b || !(a.op() instanceof Constant) && !(a.op() instanceof PointwiseOp)) {
      return true;
    }
    if (a.op() instanceof Constant first && b.op() instanceof Constant second) {
      return first.isFilled() && second.isFilled()
          ? Double.compare(first.fill(), second.fill()) == 0
          : a.shape().equals(b.shape()) && Arrays.equals(values(a), values(b));
    }
    return a.op().isLike(b.op());
  }

  private static double[] values(Node constant) {
    double[] values = new double[constant.shape().elements()];
    constant.op().forward(constant, new double[0][], values);
    return values;
  }

  /** Returns the longer axis, {@link #NONE}, or less where the shapes differ otherwise. */
  private int axis(Shape a, Shape b) {
    if (a.rank() != b.rank()) {
      return NONE - 1;
    }
    int axis = NONE;
    for (int i = 0; i < a.rank(); i++) {
      if (a.size(i) != b.size(i)) {
        boolean fits =
            axis == NONE
                && a.size(i) % shorter == 0
                && (long) a.size(i) / shorter * longer == b.size(i);
        if (!fits) {
          return NONE - 1;
        }
        axis = i;
      }
    }
    return axis;
  }

  /** Returns whether both have the same lines. */
  boolean areAlike() {
    return alike;
  }

  /** Returns the axis of time of a node outside loops, or {@link #NONE}. */
  int timeAxis(Node node) {
    return axes.getOrDefault(node, NONE);
  }

  /** Returns what of a node differs, or null. */
  String odd(Node node) {
    return odd.get(node);
  }
}
