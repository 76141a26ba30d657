package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Divide;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.Multiply;
import dev.rnn4j.graph.op.Negate;
import dev.rnn4j.graph.op.NormalizeGradient;
import dev.rnn4j.graph.op.ReluGradient;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.graph.op.Select;
import dev.rnn4j.graph.op.SigmoidGradient;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.Subtract;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.SumOver;
import dev.rnn4j.graph.op.TanhGradient;
import dev.rnn4j.graph.op.ViewOp;
import java.util.List;

/** The nodes that are zero because all that they are linear in are gradients that are not there. */
final class Absence {
  private final Order order;
  private final boolean[] absent;

  /** Finds the absent nodes of a graph. */
  Absence(Order order) {
    this.order = order;
    absent = new boolean[order.size()];
    for (int i = 0; i < absent.length; i++) {
      absent[i] = isAbsent(order.node(i));
    }
  }

  boolean of(Node node) {
    int number = order.of(node);
    return number >= 0 && absent[number];
  }

  private boolean isAbsent(Node node) {
    if (node.op() instanceof Constant constant) {
      return constant.isAbsent();
    }
    List<Node> x = node.operands();
    int there = 0;
    for (int i = 0; i < x.size(); i++) {
      there += of(x.get(i)) ? 0 : 1;
    }
    if (there == x.size()) {
      return false;
    }
    if (node.op() instanceof Multiply || node.op() instanceof Matmul) {
      return true;
    }
    if (node.op() instanceof TanhGradient
        || node.op() instanceof SigmoidGradient
        || node.op() instanceof ReluGradient
        || node.op() instanceof NormalizeGradient) {
      return of(x.get(1));
    }
    if (node.op() instanceof Divide
        || node.op() instanceof ScatterAdd
        || node.op() instanceof Gather) {
      return of(x.get(0));
    }
    if (node.op() instanceof Select) {
      return isZero(x.get(1)) && isZero(x.get(2));
    }
    return isLinear(node) && there == 0;
  }

  private boolean isZero(Node node) {
    return of(node) || (node.op() instanceof Constant constant && constant.isZeros());
  }

  private static boolean isLinear(Node node) {
    return node.op() instanceof ViewOp
        || node.op() instanceof SumOf
        || node.op() instanceof Add
        || node.op() instanceof Subtract
        || node.op() instanceof Negate
        || node.op() instanceof SumOver
        || node.op() instanceof Stack
        || node.op() instanceof Concat;
  }
}
