package dev.rnn4j.grad;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a sweep decides for whole families: which have a gradient, and what it adds up. Nodes are
 * known by their numbers in an order.
 */
final class Families {
  /** The use of the loss itself. */
  static final Use SEED = new Use(null, 0);

  /** One term of a family's gradients: an operand's place in a family of consumers. */
  static final class Use {
    private final Own operand;
    private final int number;
    private final BitSet steps = new BitSet();
    private boolean padded = true;

    private Use(Own operand, int number) {
      this.operand = operand;
      this.number = number;
    }

    /** Returns the place among the terms. */
    int number() {
      return number;
    }

    /** Returns whether zeros stand for this term where a neighbour in time is missing. */
    boolean padded() {
      return padded && this != SEED;
    }

    /** Takes note of a node that is an operand there: at most once for each time step. */
    private void add(Node node) {
      int step = node.step() + 1; // the state after a reversed loop is that of step −1
      padded &= node.step() != Trace.NO_STEP && step >= 0 && !steps.get(step);
      if (padded) {
        steps.set(step);
      }
    }
  }

  private record Consumed(Own consumer, int position) {}

  /** What is decided for one family. */
  static final class Own {
    private final Family family;
    private final List<Use> uses = new ArrayList<>(List.of(SEED));
    private final Map<Consumed, Use> byConsumer = new HashMap<>();

    /** Where its members were found last to be operands of whom, by the operand's position. */
    private Use[] found = {};

    private final Map<Object, Trace> traces = new HashMap<>();
    private Trace sum;
    private Trace rule;
    private boolean reached;

    private Own(Family family) {
      this.family = family;
    }

    /** Returns the trace of the sums that are the members' gradients. */
    Trace sum() {
      sum = sum == null ? Trace.derived(family) : sum;
      return sum;
    }

    /** Returns the trace of what the members' gradient rules build. */
    Trace rule() {
      rule = rule == null ? Trace.derived(family) : rule;
      return rule;
    }

    /** Returns the trace of something else that is built for each member. */
    Trace trace(Object what) {
      return traces.computeIfAbsent(what, absent -> Trace.derived(family));
    }
  }

  private final Order order;
  private final Own[] ownOf;

  /**
   * Decides for a graph.
   *
   * @param wanted by number, the nodes whose gradients are asked for
   */
  Families(Order order, boolean[] wanted) {
    this.order = order;
    Map<Family, Own> all = new HashMap<>();
    ownOf = new Own[order.size()];
    for (int i = 0; i < ownOf.length; i++) {
      ownOf[i] = all.computeIfAbsent(order.node(i).family(), Own::new);
      ownOf[i].reached |= wanted[i];
    }
    boolean changed = true;
    while (changed) {
      changed = reach();
    }
    for (int i = ownOf.length - 1; i >= 0; i--) {
      if (ownOf[i].reached) {
        use(i);
      }
    }
  }

  /** Marks the families that depend on a marked one; returns whether there were more. */
  private boolean reach() {
    boolean changed = false;
    for (int i = 0; i < ownOf.length; i++) {
      for (int k = 0; k < order.operands(i) && !ownOf[i].reached; k++) {
        ownOf[i].reached = reached(order.operand(i, k)) && order.node(i).op().differentiable(k);
        changed |= ownOf[i].reached;
      }
    }
    return changed;
  }

  private void use(int consumer) {
    for (int position = 0; position < order.operands(consumer); position++) {
      int operand = order.operand(consumer, position);
      if (reached(operand) && order.node(consumer).op().differentiable(position)) {
        useOf(consumer, position).add(order.node(operand));
      }
    }
  }

  /** Returns whether a node's family has a gradient. */
  boolean reached(int node) {
    return ownOf[node].reached;
  }

  /** Returns what is decided for a node's family. */
  Own of(int node) {
    return ownOf[node];
  }

  /** Returns the terms of a node's gradient, in their fixed order. */
  List<Use> uses(int node) {
    return ownOf[node].uses;
  }

  /** Returns the term that a consumer contributes to its operand at a position. */
  Use useOf(int consumer, int position) {
    Node node = order.node(consumer);
    Own own = ownOf[consumer];
    Own operand = ownOf[order.operand(consumer, position)];
    // The operands of a stack or sum are all at one place: they differ as time steps do.
    int at = node.op().takesList() ? 0 : position;
    if (at >= own.found.length) {
      own.found = Arrays.copyOf(own.found, at + 1);
    }
    Use use = own.found[at];
    if (use == null || use.operand != operand) {
      // So are the steps of a sequence that are taken outside a loop, each a family of its own.
      boolean single = node.op().time() != Trace.NO_STEP && node.step() == Trace.NO_STEP;
      Consumed place = new Consumed(single ? null : own, at);
      use = operand.byConsumer.get(place);
      if (use == null) {
        use = new Use(operand, operand.uses.size());
        operand.uses.add(use);
        operand.byConsumer.put(place, use);
      }
      own.found[at] = use;
    }
    return use;
  }
}
