package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * What a graph is, but for the length T of its sequences: its families in the order in which they
 * were built, their ops, and what they read how many time steps back. All its numbers are a + b·T.
 * A model that builds another graph for a longer sequence has another outline.
 */
public final class Outline {
  /** What a member reads: an operand of a family, some time steps back. */
  private record Link(int position, int family, int back) {}

  private static final class Member {
    private final int family;
    private final Node first;
    private final boolean looped;
    private final Map<Link, Integer> links = new HashMap<>();
    private final List<Integer> numbers = new ArrayList<>();

    /** What was read last, and how often since something else was: mostly all there is. */
    private final Link[] last = new Link[4];

    private final int[] repeated = new int[last.length];
    private boolean regular = true;
    private int count;

    Member(int family, Node first) {
      this.family = family;
      this.first = first;
      this.looped = first.step() != Trace.NO_STEP;
      addAll(first.shape());
      if (!looped) {
        numbers.add(first.operands().size());
        addSteps();
        if (first.op() instanceof ViewOp view) {
          view.view(first, Layout.dense(first.operand(0).shape())).ifPresent(this::addAll);
        }
      }
    }

    private void addAll(Shape shape) {
      for (int axis = 0; axis < shape.rank(); axis++) {
        numbers.add(shape.size(axis));
      }
    }

    private void addAll(Layout layout) {
      numbers.add(layout.offset());
      for (int axis = 0; axis < layout.shape().rank(); axis++) {
        numbers.add(layout.stride(axis));
      }
    }

    /** Notes the time steps that are read from outside their loop. */
    private void addSteps() {
      List<Integer> steps = first.operands().stream().map(Node::step).toList();
      if (isVariadic(first)) {
        numbers.add(steps.stream().mapToInt(step -> step).min().orElse(0));
        numbers.add(steps.stream().mapToInt(step -> step).max().orElse(0));
      } else {
        numbers.addAll(steps);
      }
    }

    void add(Node node) {
      count++;
      regular &= node == first || (!(node instanceof Parameter) && isLike(node));
    }

    void read(int position, int family, int back) {
      int at = Math.floorMod(position, last.length);
      Link link = last[at];
      if (link == null || link.position != position || link.family != family || link.back != back) {
        note(at);
        last[at] = new Link(position, family, back);
      }
      repeated[at]++;
    }

    private void note(int at) {
      if (repeated[at] > 0) {
        links.merge(last[at], repeated[at], Integer::sum);
        repeated[at] = 0;
      }
    }

    void end() {
      for (int at = 0; at < last.length; at++) {
        note(at);
      }
    }

    private boolean isLike(Node node) {
      boolean step = node.op() instanceof StepOf && first.op() instanceof StepOf;
      return node.shape().equals(first.shape()) && (step || node.op().isLike(first.op()));
    }
  }

  private final int length;
  private final List<Member> members = new ArrayList<>();

  /**
   * Draws the outline of all that nodes are computed from.
   *
   * @param length T
   */
  public Outline(List<Node> nodes, int length) {
    this.length = length;
    Order order = new Order(nodes);
    Map<Family, Member> families = new HashMap<>();
    Member[] memberOf = new Member[order.size()];
    for (int i = 0; i < memberOf.length; i++) {
      Node node = order.node(i);
      Member member = families.get(node.family());
      if (member == null) {
        member = new Member(members.size(), node);
        families.put(node.family(), member);
        members.add(member);
      }
      memberOf[i] = member;
      member.add(node);
      read(member, node, order, memberOf);
    }
    members.forEach(Member::end);
  }

  /** Notes what a node reads, by place in the list of operands, family and distance in time. */
  private static void read(Member member, Node node, Order order, Member[] memberOf) {
    List<Node> operands = node.operands();
    boolean behind = false;
    for (int i = 0; i < operands.size(); i++) {
      Node operand = operands.get(i);
      int family = memberOf[order.of(operand)].family;
      boolean inLoop = operand.step() != Trace.NO_STEP;
      if (node.step() != Trace.NO_STEP) {
        boolean step = node.op() instanceof StepOf;
        int time = step ? ((StepOf) node.op()).t() : operand.step();
        member.read(i, family, inLoop || step ? node.step() - time : 0);
      } else if (!isVariadic(node)) {
        member.read(i, family, 0);
      } else if (inLoop) {
        // A stack puts step t at t, or at a constant distance from it; a sum has no order.
        member.read(0, family, node.op() instanceof SumOf ? 0 : i - operand.step());
        behind = true;
      } else {
        // What stands behind the steps of a loop is counted from the end.
        member.read(behind ? i - operands.size() : i, family, 0);
      }
    }
  }

  private static boolean isVariadic(Node node) {
    return node.op() instanceof Stack || node.op() instanceof SumOf || node.op() instanceof Concat;
  }

  /** Returns whether this is the outline of the same model as two others, of two other lengths. */
  public boolean continues(Outline a, Outline b) {
    if (members.size() != a.members.size() || members.size() != b.members.size()) {
      return false;
    }
    for (int i = 0; i < members.size(); i++) {
      if (!continues(i, a, b)) {
        return false;
      }
    }
    return true;
  }

  private boolean continues(int i, Outline a, Outline b) {
    Member own = members.get(i);
    Member m = a.members.get(i);
    Member n = b.members.get(i);
    if (!own.regular
        || !m.regular
        || own.looped != m.looped
        || !sameOp(own, m, n, a, b)
        || !onLine(own.count, m.count, n.count, a, b)
        || own.numbers.size() != m.numbers.size()
        || own.numbers.size() != n.numbers.size()) {
      return false;
    }
    for (int k = 0; k < own.numbers.size(); k++) {
      if (!onLine(own.numbers.get(k), m.numbers.get(k), n.numbers.get(k), a, b)) {
        return false;
      }
    }
    Set<Link> links = new HashSet<>(own.links.keySet());
    links.addAll(m.links.keySet());
    links.addAll(n.links.keySet());
    return links.stream()
        .allMatch(
            link ->
                onLine(
                    own.links.getOrDefault(link, 0),
                    m.links.getOrDefault(link, 0),
                    n.links.getOrDefault(link, 0),
                    a,
                    b));
  }

  private boolean sameOp(Member own, Member m, Member n, Outline a, Outline b) {
    Node node = own.first;
    if (node instanceof Parameter || m.first instanceof Parameter) {
      return node == m.first;
    }
    if (node.op().getClass() != m.first.op().getClass()) {
      return false;
    }
    if (node.op() instanceof StepOf || (!own.looped && node.op() instanceof ViewOp)) {
      return true; // its numbers say the rest
    }
    if (node.op() instanceof Constant constant && constant.isFilled()) {
      return sameNumber(constant, (Constant) m.first.op(), a)
          && sameNumber(constant, (Constant) n.first.op(), b);
    }
    return node.op().isLike(m.first.op());
  }

  /** Returns whether two numbers are the same, or the same over the length, as in a mean. */
  private boolean sameNumber(Constant own, Constant other, Outline at) {
    if (!other.isFilled() || own.isAbsent() != other.isAbsent()) {
      return false;
    }
    double whole = own.fill() * length;
    return own.fill() == other.fill()
        || Math.abs(whole - other.fill() * at.length) <= 1e-12 * Math.abs(whole);
  }

  /** Returns whether a count is a + b·T, or 0 where that is less. */
  private boolean onLine(int own, int m, int n, Outline a, Outline b) {
    long run = b.length - a.length;
    long scaled = (long) m * run + (long) (n - m) * (length - a.length);
    return own * run == scaled || (own == 0 && scaled * run < 0);
  }
}
