package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.op.Constant;

/** The nodes that are zero because all that they are linear in are gradients that are not there. */
final class Absence {
  private final Order order;
  private final boolean[] absent;

  private Absence(Order order) {
    this.order = order;
    this.absent = new boolean[order.size()];
  }

  /** Returns, by number, which nodes of a graph are absent. */
  static boolean[] of(Order order) {
    Absence absence = new Absence(order);
    for (int i = 0; i < absence.absent.length; i++) {
      absence.absent[i] = absence.isAbsent(i);
    }
    return absence.absent;
  }

  private boolean isAbsent(int number) {
    int operands = order.operands(number);
    if (operands == 0) {
      return order.node(number).op() instanceof Constant constant && constant.isAbsent();
    }
    boolean any = false;
    for (int i = 0; i < operands && !any; i++) {
      any = absent[order.operand(number, i)];
    }
    if (!any) {
      return false;
    }
    boolean[] nothing = new boolean[operands];
    for (int i = 0; i < operands; i++) {
      nothing[i] = absent[order.operand(number, i)];
    }
    return order.node(number).op().vanishes(nothing);
  }
}
