package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.BroadcastTo;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Divide;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.Multiply;
import dev.rnn4j.graph.op.Negate;
import dev.rnn4j.graph.op.ReluGradient;
import dev.rnn4j.graph.op.Reshape;
import dev.rnn4j.graph.op.ScatterAdd;
import dev.rnn4j.graph.op.Select;
import dev.rnn4j.graph.op.SigmoidGradient;
import dev.rnn4j.graph.op.Slice;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.StopGradient;
import dev.rnn4j.graph.op.Subtract;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.SumOver;
import dev.rnn4j.graph.op.TanhGradient;
import dev.rnn4j.graph.op.Transpose;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A graph without what computes nothing: nodes that only pass a value on, and gradients that are
 * not there. What remains is live, in order, and each value stands for itself.
 */
final class Simplified {
  private final Map<Node, Node> stands = new HashMap<>();
  private final Map<Node, List<Node>> operands = new HashMap<>();
  private final Map<Node, Integer> uses = new HashMap<>();
  private final Map<Node, Node> onlyUser = new HashMap<>();
  private final Set<Node> absent = new HashSet<>();
  private final List<Node> order = new ArrayList<>();

  Simplified(List<Node> roots) {
    List<Node> all = Graphs.topological(roots);
    all.forEach(this::simplify);
    Set<Node> live = new HashSet<>();
    roots.forEach(root -> live.add(standsFor(root)));
    for (int i = all.size() - 1; i >= 0; i--) {
      Node node = all.get(i);
      if (live.contains(node) && standsFor(node) == node) {
        order.add(node);
        live.addAll(operands(node));
      }
    }
    Collections.reverse(order);
    for (Node node : order) {
      for (Node operand : operands(node)) {
        uses.merge(operand, 1, Integer::sum);
        onlyUser.put(operand, node);
      }
    }
  }

  private void simplify(Node node) {
    List<Node> own = new ArrayList<>();
    node.operands().forEach(operand -> own.add(standsFor(operand)));
    if (isAbsent(node, own)) {
      absent.add(node);
      operands.put(node, List.of());
      return;
    }
    if (node.op() instanceof SumOf) {
      own.removeIf(absent::contains);
    }
    operands.put(node, own);
    Node passed = passes(node, own);
    if (passed != null) {
      stands.put(node, passed);
    }
  }

  /** Returns the operand whose value is the node's own, or null. */
  private Node passes(Node node, List<Node> own) {
    boolean identity = node.op() instanceof State || node.op() instanceof StopGradient;
    if (identity || (node.op() instanceof SumOf && own.size() == 1)) {
      return own.get(0);
    }
    boolean rightGone =
        (node.op() instanceof Add || node.op() instanceof Subtract) && absent.contains(own.get(1));
    if (rightGone && own.get(0).shape().equals(node.shape())) {
      return own.get(0);
    }
    boolean leftGone = node.op() instanceof Add && absent.contains(own.get(0));
    return leftGone && own.get(1).shape().equals(node.shape()) ? own.get(1) : null;
  }

  /** Returns whether a node is zero because everything it is linear in is an absent gradient. */
  private boolean isAbsent(Node node, List<Node> own) {
    if (node.op() instanceof Constant constant) {
      return constant.isAbsent();
    }
    if (own.stream().noneMatch(absent::contains)) {
      return false;
    }
    if (node.op() instanceof Multiply || node.op() instanceof Matmul) {
      return true;
    }
    if (node.op() instanceof TanhGradient
        || node.op() instanceof SigmoidGradient
        || node.op() instanceof ReluGradient) {
      return absent.contains(own.get(1));
    }
    if (node.op() instanceof Divide || node.op() instanceof ScatterAdd) {
      return absent.contains(own.get(0));
    }
    if (node.op() instanceof Select) {
      return isZero(own.get(1)) && isZero(own.get(2));
    }
    return isLinear(node) && own.stream().allMatch(absent::contains);
  }

  private static boolean isLinear(Node node) {
    return node.op() instanceof SumOf
        || node.op() instanceof Add
        || node.op() instanceof Subtract
        || node.op() instanceof Negate
        || node.op() instanceof SumOver
        || node.op() instanceof Stack
        || node.op() instanceof Concat
        || node.op() instanceof State
        || node.op() instanceof StopGradient
        || node.op() instanceof Reshape
        || node.op() instanceof Transpose
        || node.op() instanceof Slice
        || node.op() instanceof StepOf
        || node.op() instanceof BroadcastTo;
  }

  private boolean isZero(Node node) {
    return absent.contains(node) || (node.op() instanceof Constant constant && constant.isZeros());
  }

  /** Returns the live nodes, operands first. */
  List<Node> order() {
    return order;
  }

  /** Returns the node that computes a node's value. */
  Node standsFor(Node node) {
    return stands.getOrDefault(node, node);
  }

  /** Returns the operands that count, as the nodes that compute them. */
  List<Node> operands(Node node) {
    return operands.get(node);
  }

  /** Returns whether a node is an absent gradient: zeros that nobody computes. */
  boolean isAbsent(Node node) {
    return absent.contains(node);
  }

  /** Returns the one user of a node that has just one use, or null. */
  Node onlyUser(Node node) {
    return uses.getOrDefault(node, 0) == 1 ? onlyUser.get(node) : null;
  }
}
