package dev.rnn4j.graph;

import dev.rnn4j.graph.op.State;
import java.util.List;

/**
 * Members of a family, one time step after the other, that are the same but for the time: of the
 * same op and shape, and each operand is one node for all of them, or for each the member of some
 * family that is one time step further on than that of the member before. Noticed while the nodes
 * are built.
 */
final class Streak {
  private final Node first;

  /** Of more members than one: which operands are another node for each. */
  private boolean[] moves;

  /** Of more members than one: the time steps from one to the next, 1 or −1. */
  private int direction;

  private int count = 1;

  Streak(Node first) {
    this.first = first;
  }

  /** Returns the member built first. */
  Node first() {
    return first;
  }

  /** Returns whether the next member, which is like the first, may have the first one's own op. */
  boolean isSame(Op op) {
    return op.time() == Trace.NO_STEP && !(op instanceof State);
  }

  /** Returns whether a node of this op and these operands would be the next member. */
  boolean isNext(Op op, List<Node> operands, int step) {
    int steps = step - first.step();
    boolean next = count == 1 ? Math.abs(steps) == 1 : steps == count * direction;
    return next && isLike(op, steps) && readsOn(operands, steps);
  }

  private boolean isLike(Op op, int steps) {
    return op.follows(first.op(), steps);
  }

  private boolean readsOn(List<Node> operands, int steps) {
    List<Node> before = first.operands();
    boolean readsOn = operands.size() == before.size();
    for (int i = 0; readsOn && i < operands.size(); i++) {
      Node operand = operands.get(i);
      Node other = before.get(i);
      boolean moved = operand != other;
      readsOn = (count == 1 || moved == moves[i]) && (!moved || isOn(operand, other, steps));
    }
    return readsOn;
  }

  private static boolean isOn(Node operand, Node first, int steps) {
    return operand.family() == first.family()
        && operand.step() != Trace.NO_STEP
        && operand.step() == first.step() + steps
        && operand.shape().equals(first.shape());
  }

  /** Adds the next member. */
  Node add(Node node) {
    if (count == 1) {
      direction = node.step() - first.step();
      moves = new boolean[node.operands().size()];
      for (int i = 0; i < moves.length; i++) {
        moves[i] = node.operand(i) != first.operand(i);
      }
    }
    count++;
    return node;
  }
}
