package dev.rnn4j.grad;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a sweep decides for whole families: which have a gradient, and what it adds up. */
final class Families {
  /** The use of the loss itself. */
  static final Use SEED = new Use(0);

  /** One term of a family's gradients: an operand's place in a family of consumers. */
  static final class Use {
    private final int number;
    private final Set<Node> operands = new HashSet<>();
    private boolean padded = true;

    private Use(int number) {
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

    private void add(Node operand) {
      padded &= operand.step() != Trace.NO_STEP && operands.add(operand);
    }
  }

  private record Place(Own consumer, int position) {}

  /** What is decided for one family. */
  private static final class Own {
    private final List<Use> uses = new ArrayList<>(List.of(SEED));
    private final Map<Place, Use> byPlace = new HashMap<>();
    private boolean reached;
  }

  private final Order order;
  private final Own[] ownOf;

  Families(Order order, Set<Node> wanted) {
    this.order = order;
    Map<Family, Own> all = new HashMap<>();
    ownOf = new Own[order.size()];
    for (int i = 0; i < ownOf.length; i++) {
      ownOf[i] = all.computeIfAbsent(order.node(i).family(), absent -> new Own());
    }
    wanted.forEach(node -> all.getOrDefault(node.family(), new Own()).reached = true);
    boolean changed = true;
    while (changed) {
      changed = reach();
    }
    for (int i = ownOf.length - 1; i >= 0; i--) {
      if (ownOf[i].reached) {
        use(order.node(i));
      }
    }
  }

  /** Marks the families that depend on a marked one; returns whether there were more. */
  private boolean reach() {
    boolean changed = false;
    for (int i = 0; i < ownOf.length; i++) {
      Node node = order.node(i);
      for (int k = 0; k < node.operands().size() && !ownOf[i].reached; k++) {
        ownOf[i].reached = node.op().differentiable(k) && reached(node.operand(k));
        changed |= ownOf[i].reached;
      }
    }
    return changed;
  }

  private void use(Node consumer) {
    for (int position = 0; position < consumer.operands().size(); position++) {
      Node operand = consumer.operand(position);
      Own own = of(operand);
      if (consumer.op().differentiable(position) && own.reached) {
        Place place = place(consumer, position);
        Use use = own.byPlace.get(place);
        if (use == null) {
          use = new Use(own.uses.size());
          own.uses.add(use);
          own.byPlace.put(place, use);
        }
        use.add(operand);
      }
    }
  }

  private Own of(Node node) {
    return ownOf[order.of(node)];
  }

  /** Returns whether a node's family has a gradient. */
  boolean reached(Node node) {
    return of(node).reached;
  }

  /** Returns the terms of a node's gradient, in their fixed order. */
  List<Use> uses(Node node) {
    return of(node).uses;
  }

  /** Returns the term that a consumer contributes to its operand at a position. */
  Use useOf(Node consumer, int position) {
    return of(consumer.operand(position)).byPlace.get(place(consumer, position));
  }

  /** The operands of a stack or sum are all at one place: they differ as time steps do. */
  private Place place(Node consumer, int position) {
    boolean variadic = consumer.op() instanceof Stack || consumer.op() instanceof SumOf;
    boolean step = consumer.op() instanceof StepOf && consumer.step() == Trace.NO_STEP;
    return new Place(step ? null : of(consumer), variadic ? 0 : position);
  }
}
