package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a graph is, but for the length of its sequences: its families in the order in which they
 * were built, their ops, and what they read how many time steps back. A model that builds another
 * graph for a longer sequence has another outline.
 */
public final class Outline {
  /** What a member reads: an operand of a family, some time steps back. */
  private record Link(int position, int family, int back) {}

  private static final class Member {
    private final Op op;
    private final boolean looped;
    private final Set<Link> links = new HashSet<>();
    private int count;

    Member(Node first) {
      op = first.op();
      looped = first.step() != Trace.NO_STEP;
    }
  }

  private final List<Member> members = new ArrayList<>();

  /** Draws the outline of all that nodes are computed from. */
  public Outline(List<Node> nodes) {
    Map<Family, Integer> numbers = new HashMap<>();
    for (Node node : Graphs.topological(nodes)) {
      Integer number = numbers.get(node.family());
      if (number == null) {
        number = members.size();
        numbers.put(node.family(), number);
        members.add(new Member(node));
      }
      Member member = members.get(number);
      member.count++;
      boolean variadic =
          node.op() instanceof Stack || node.op() instanceof SumOf || node.op() instanceof Concat;
      for (int i = 0; i < node.operands().size(); i++) {
        Node operand = node.operand(i);
        boolean both = node.step() != Trace.NO_STEP && operand.step() != Trace.NO_STEP;
        int back = both ? node.step() - operand.step() : 0;
        member.links.add(new Link(variadic ? 0 : i, numbers.get(operand.family()), back));
      }
    }
  }

  /**
   * Returns whether this is the outline of the same model as two others.
   *
   * @param steps how many time steps longer than the first's sequence this one's is
   * @param more how many longer the second's is
   */
  public boolean continues(Outline first, int steps, Outline second, int more) {
    if (members.size() != first.members.size() || members.size() != second.members.size()) {
      return false;
    }
    for (int i = 0; i < members.size(); i++) {
      Member own = members.get(i);
      Member short1 = first.members.get(i);
      Member short2 = second.members.get(i);
      boolean like =
          own.looped && !(own.op instanceof StepOf)
              ? own.op.isLike(short1.op)
              : own.op.getClass() == short1.op.getClass();
      int rise = short2.count - short1.count;
      if (!like
          || own.looped != short1.looped
          || !(steps < 0 ? short1.links.containsAll(own.links) : own.links.equals(short1.links))
          || (own.count - short1.count) * more != rise * steps) {
        return false;
      }
    }
    return true;
  }
}
