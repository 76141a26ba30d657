package dev.rnn4j.graph;

import dev.rnn4j.graph.op.StepOf;
import java.util.List;

/**
 * Members of a family, one time step after the other, that are the same but for the time: of the
 * same op and shape, and each operand is one node for all of them, or for each the member of some
 * family that is one time step further on than that of the member before. Noticed while the nodes
 * are built.
 */
public final class Run {
  private final Node first;
  private Node second;
  private int count = 1;

  Run(Node first) {
    this.first = first;
  }

  /** Returns the member built first. */
  public Node first() {
    return first;
  }

  /** Returns the number of members. */
  public int count() {
    return count;
  }

  /** Returns the time steps from one member to the next: 1 or −1; 0 for a single one. */
  public int direction() {
    return second == null ? 0 : second.step() - first.step();
  }

  /** Returns whether all members have the same node as this operand. */
  public boolean isFixed(int operand) {
    return second == null || second.operand(operand) == first.operand(operand);
  }

  /** Adds a member if it continues the others; returns whether it does. */
  boolean add(Node node) {
    int steps = node.step() - first.step();
    boolean next = second == null ? Math.abs(steps) == 1 : steps == count * direction();
    if (!next || !isLike(node, steps) || !readsOn(node, steps)) {
      return false;
    }
    second = second == null ? node : second;
    count++;
    return true;
  }

  private boolean isLike(Node node, int steps) {
    boolean like =
        node.op() instanceof StepOf step
            ? first.op() instanceof StepOf other && step.t() == other.t() + steps
            : node.op().isLike(first.op());
    return like && node.shape().equals(first.shape());
  }

  private boolean readsOn(Node node, int steps) {
    List<Node> operands = node.operands();
    List<Node> before = first.operands();
    if (operands.size() != before.size()) {
      return false;
    }
    for (int i = 0; i < operands.size(); i++) {
      Node operand = operands.get(i);
      Node other = before.get(i);
      boolean fixed = second == null ? operand == other : isFixed(i);
      if (fixed ? operand != other : !isOn(operand, other, steps)) {
        return false;
      }
    }
    return true;
  }

  private static boolean isOn(Node operand, Node first, int steps) {
    return operand.family() == first.family()
        && operand.step() != Trace.NO_STEP
        && operand.step() == first.step() + steps;
  }
}
