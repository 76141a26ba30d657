package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.op.Constant;

/** The nodes that are zero because all that they are linear in are gradients that are not there. */
final class Absence {
  private Absence() {}

  /** Returns, by number, which nodes of a graph are absent. */
  static boolean[] of(Order order) {
    boolean[] absent = new boolean[order.size()];
    for (int i = 0; i < absent.length; i++) {
      Op op = order.node(i).op();
      absent[i] =
          order.operands(i) == 0
              ? op instanceof Constant constant && constant.isAbsent()
              : vanishes(op, order, i, absent);
    }
    return absent;
  }

  private static boolean vanishes(Op op, Order order, int node, boolean[] absent) {
    boolean[] nothing = null;
    for (int i = 0; i < order.operands(node); i++) {
      if (absent[order.operand(node, i)]) {
        nothing = nothing == null ? new boolean[order.operands(node)] : nothing;
        nothing[i] = true;
      }
    }
    return nothing != null && op.vanishes(nothing);
  }
}
