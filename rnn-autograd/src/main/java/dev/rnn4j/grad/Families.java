package dev.rnn4j.grad;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What a sweep decides for whole families: which have a gradient, and what it adds up. */
final class Families {
  /** The use of the loss itself. */
  static final Use SEED = new Use(null, -1, false);

  /** An operand's place in a family of consumers: one term of the operand's gradient. */
  record Use(Family consumer, int position, boolean padded) {}

  private record Place(Family consumer, int position) {}

  private final Set<Family> reached = new HashSet<>();
  private final Map<Family, List<Use>> uses = new HashMap<>();
  private final Map<Family, Map<Place, Use>> byPlace = new HashMap<>();

  Families(List<Node> order, Set<Node> wanted) {
    reach(order, wanted);
    Map<Family, LinkedHashMap<Place, Boolean>> found = new HashMap<>();
    Set<Object> once = new HashSet<>();
    for (int i = order.size() - 1; i >= 0; i--) {
      Node consumer = order.get(i);
      if (!reached(consumer)) {
        continue;
      }
      for (int position = 0; position < consumer.operands().size(); position++) {
        Node operand = consumer.operand(position);
        if (consumer.op().differentiable(position) && reached(operand)) {
          Place place = place(consumer, position);
          boolean regular = operand.step() != Trace.NO_STEP && once.add(List.of(operand, place));
          found
              .computeIfAbsent(operand.family(), absent -> new LinkedHashMap<>())
              .merge(place, regular, Boolean::logicalAnd);
        }
      }
    }
    found.forEach(this::number);
  }

  private void number(Family family, Map<Place, Boolean> places) {
    List<Use> ordered = new ArrayList<>();
    Map<Place, Use> own = new HashMap<>();
    places.forEach(
        (place, padded) -> {
          Use use = new Use(place.consumer(), place.position(), padded);
          own.put(place, use);
          ordered.add(use);
        });
    uses.put(family, ordered);
    byPlace.put(family, own);
  }

  /** Marks the families that depend on a wanted node, until nothing is added. */
  private void reach(List<Node> order, Set<Node> wanted) {
    wanted.forEach(node -> reached.add(node.family()));
    int before;
    do {
      before = reached.size();
      for (Node node : order) {
        for (int i = 0; i < node.operands().size(); i++) {
          if (node.op().differentiable(i) && reached(node.operand(i))) {
            reached.add(node.family());
          }
        }
      }
    } while (reached.size() != before);
  }

  /** Returns whether a node's family has a gradient. */
  boolean reached(Node node) {
    return reached.contains(node.family());
  }

  /** Returns the terms of a node's gradient, in their fixed order. */
  List<Use> uses(Node node) {
    List<Use> own = uses.getOrDefault(node.family(), List.of());
    return own.isEmpty() ? Collections.singletonList(SEED) : withSeed(own);
  }

  private static List<Use> withSeed(List<Use> own) {
    List<Use> all = new ArrayList<>(own);
    all.add(0, SEED);
    return all;
  }

  /** Returns the term that a consumer contributes to its operand at a position. */
  Use useOf(Node consumer, int position) {
    return byPlace.get(consumer.operand(position).family()).get(place(consumer, position));
  }

  /** The operands of a stack or sum are all at one place: they differ as time steps do. */
  private static Place place(Node consumer, int position) {
    boolean variadic = consumer.op() instanceof Stack || consumer.op() instanceof SumOf;
    boolean step = consumer.op() instanceof StepOf && consumer.step() == Trace.NO_STEP;
    return new Place(step ? null : consumer.family(), variadic ? 0 : position);
  }
}
