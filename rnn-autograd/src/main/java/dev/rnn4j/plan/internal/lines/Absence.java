package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.op.Constant;

/** The nodes that are zero because all that they are linear in are gradients that are not there. */
final class Absence {
  private Absence() {}

  /** Returns, by number, which nodes of a graph are absent. */
  static boolean[] of(Order order) {
    boolean[] absent = new boolean[order.size()];
    for (int i = 0; i < absent.length; i++) {
      absent[i] =
          order.operands(i) == 0
              ? order.node(i).op() instanceof Constant constant && constant.isAbsent()
              : vanishes(order, i, absent);
    }
    return absent;
  }

  /** Asks the op only where an operand is absent: most nodes are not even looked at. */
  private static boolean vanishes(Order order, int node, boolean[] absent) {
    boolean[] nothing = null;
    for (int i = 0; i < order.operands(node); i++) {
      if (absent[order.operand(node, i)]) {
        nothing = nothing == null ? new boolean[order.operands(node)] : nothing;
        nothing[i] = true;
      }
    }
    return nothing != null && order.node(node).op().vanishes(nothing);
  }
}
