package dev.rnn4j.plan.internal.lines;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Kind;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * The families of a graph: for each, the numbers of its members in ascending time. A family whose
 * members are not alike, or of which some are needed before and after one that is not, is none.
 */
final class Members {
  private static final int NONE = -1;

  private final Order order;

  /** By node, its family. */
  private final int[] familyOf;

  /** By node, its time step. */
  private final int[] steps;

  /** By family, its members; null where it has fallen apart. */
  private final int[][] members;

  /**
   * Finds the families.
   *
   * @param live by node, whether it is needed
   */
  Members(Order order, boolean[] live) {
    this.order = order;
    familyOf = new int[order.size()];
    steps = new int[order.size()];
    members = list(number());
    for (int family = 0; family < members.length; family++) {
      members[family] = sorted(members[family]);
      if (!areAlike(members[family]) || !areTogether(members[family], live)) {
        members[family] = null;
      }
    }
  }

  /** Gives each family a number; returns how many members each has. */
  private int[] number() {
    Map<Family, Integer> known = new HashMap<>();
    int[] counts = new int[16];
    Family[] families = new Family[16];
    int[] next = new int[16]; // after whose member one of whose was met last
    int before = 0;
    for (int i = 0; i < familyOf.length; i++) {
      Node node = order.node(i);
      steps[i] = node.step();
      if (node.step() == Trace.NO_STEP || Kind.of(node.op()) == Kind.LEAF) {
        familyOf[i] = NONE;
        continue;
      }
      int family = next[before];
      if (families[family] != node.family()) {
        Integer old = known.putIfAbsent(node.family(), known.size());
        family = old == null ? known.size() - 1 : old;
        if (family == counts.length) {
          counts = Arrays.copyOf(counts, 2 * family);
          families = Arrays.copyOf(families, 2 * family);
          next = Arrays.copyOf(next, 2 * family);
        }
        families[family] = node.family();
        next[before] = family;
      }
      familyOf[i] = family;
      counts[family]++;
      before = family;
    }
    return Arrays.copyOf(counts, known.size());
  }

  private int[][] list(int[] counts) {
    int[][] all = new int[counts.length][];
    for (int i = familyOf.length - 1; i >= 0; i--) {
      int family = familyOf[i];
      if (family != NONE) {
        all[family] = all[family] == null ? new int[counts[family]] : all[family];
        all[family][--counts[family]] = i;
      }
    }
    return all;
  }

  /** Returns the time step of a node. */
  int step(int node) {
    return steps[node];
  }

  /** Returns members in ascending time, which are in the order in which they were built. */
  private int[] sorted(int[] own) {
    if (step(own[0]) > step(own[own.length - 1])) {
      Ints.reverse(own);
    }
    for (int i = 1; i < own.length; i++) {
      if (step(own[i - 1]) > step(own[i])) {
        return Arrays.stream(own)
            .mapToLong(node -> (long) step(node) << Integer.SIZE | node)
            .sorted()
            .mapToInt(key -> (int) key)
            .toArray();
      }
    }
    return own;
  }

  private boolean areAlike(int[] own) {
    Node first = order.node(own[0]);
    boolean moves = first.op().time() != Trace.NO_STEP;
    if (moves && own.length > 1 && !Kind.of(first.op()).isView()) {
      return false; // what an op computes is known of one member, and a view of each
    }
    for (int i = 1; i < own.length; i++) {
      Node member = order.node(own[i]);
      if (steps[own[i]] != steps[own[0]] + i
          || !member.op().follows(first.op(), i)
          || order.operands(own[i]) != order.operands(own[0])
          || !member.shape().equals(first.shape())) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether all members between the first that is needed and the last are. */
  private static boolean areTogether(int[] own, boolean[] live) {
    int changes = 0;
    for (int i = 0; i < own.length; i++) {
      changes += live[own[i]] != (i > 0 && live[own[i - 1]]) ? 1 : 0;
    }
    return changes < 3;
  }

  /** Returns the members of a node's family in ascending time; null where it is on its own. */
  int[] of(int node) {
    int family = familyOf[node];
    return family == NONE ? null : members[family];
  }

  /** Lets the family of a node fall apart. */
  void split(int node) {
    if (familyOf[node] != NONE) {
      members[familyOf[node]] = null;
    }
  }

  /** Lets all families fall apart. */
  void splitAll() {
    Arrays.fill(members, null);
  }
}
