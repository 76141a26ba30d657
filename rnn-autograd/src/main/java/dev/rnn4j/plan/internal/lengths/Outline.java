package dev.rnn4j.plan.internal.lengths;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Run;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.tensor.Layout;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What a graph is, but for the length T of its sequences: the runs of its families in the order in
 * which they are found from the outputs on, their ops, what they read, and which of their members
 * the outputs depend on. All numbers, time steps among them, are a + b·T. A model that builds
 * another graph for a longer sequence has another outline. What a loop builds at each step is known
 * by its runs, so that only their first members are looked at.
 */
public final class Outline {
  /** The movement of what is alone: any. */
  private static final int ANY = 2;

  /**
   * What is read: a node, or at a time step each or in a stack, members one after the other.
   *
   * @param node the first of them
   * @param number the number of its family, or its own outside every loop
   * @param moves the time steps from one to the next
   * @param count how many a single node reads
   */
  private record Link(Node node, int number, int moves, int count) {
    boolean isLike(Link other) {
      return number == other.number && (moves == other.moves || moves == ANY || other.moves == ANY);
    }
  }

  /** A run, a node outside every loop, or the outputs. */
  private final class Entry {
    private final Node node;
    private final Run run;

    /** What it is itself: its number and direction. */
    private final Link self;

    private final List<Link> links = new ArrayList<>();
    private final List<Integer> numbers = new ArrayList<>();

    /** The members that the outputs depend on. */
    private final BitSet live = new BitSet();

    /** Creates the entry of the outputs. */
    Entry(List<Node> outputs) {
      this.node = null;
      this.run = null;
      this.self = new Link(null, -1, ANY, 1);
      outputs.forEach(output -> link(output, ANY, 1));
    }

    /** Creates the entry of a node outside every loop. */
    Entry(Node node) {
      this.node = node;
      this.run = null;
      this.self = new Link(node, numberOf(node), ANY, 1);
      numbers.addAll(Ints.asList(node.shape().toArray()));
      if (isVariadic(node)) {
        linkStretches(node.operands());
      } else {
        node.operands().forEach(operand -> link(operand, ANY, 1));
      }
      if (node.op() instanceof ViewOp view) {
        view.view(node, Layout.dense(node.operand(0).shape())).ifPresent(this::addAll);
      }
    }

    /** Creates the entry of a run. */
    Entry(Run run) {
      this.node = run.first();
      this.run = run;
      int moves = run.count() == 1 ? ANY : run.direction();
      this.self = new Link(node, numberOf(node), moves, 1);
      numbers.add(node.step());
      numbers.add(run.count());
      numbers.addAll(Ints.asList(node.shape().toArray()));
      for (int i = 0; i < node.operands().size(); i++) {
        link(node.operand(i), run.count() == 1 || run.moves(i) ? moves : 0, 1);
      }
      if (node.op() instanceof StepOf step) {
        numbers.add(step.t());
      }
    }

    private void link(Node operand, int moves, int count) {
      links.add(new Link(operand, numberOf(operand), moves, count));
      if (isLooped(operand)) {
        numbers.add(operand.step());
      }
    }

    /** Notes the operands of a stack or sum: members of a loop one after the other are one. */
    private void linkStretches(List<Node> operands) {
      int from = 0;
      while (from < operands.size()) {
        Node first = operands.get(from);
        Node second = from + 1 < operands.size() ? operands.get(from + 1) : first;
        int moves = isLooped(first) ? second.step() - first.step() : 0;
        int count = 1;
        while (Math.abs(moves) == 1
            && from + count < operands.size()
            && operands.get(from + count).family() == first.family()
            && operands.get(from + count).step() == first.step() + count * moves) {
          count++;
        }
        link(first, count == 1 ? ANY : moves, count);
        numbers.add(count);
        from += count;
      }
    }

    private void addAll(Layout layout) {
      numbers.add(layout.offset());
      for (int axis = 0; axis < layout.shape().rank(); axis++) {
        numbers.add(layout.stride(axis));
      }
    }

    /** Marks members at time steps as live, and goes on to what they read. */
    void reach(int lowest, int highest) {
      int from = 0;
      int to = 0;
      if (run != null) {
        boolean down = run.direction() < 0;
        from = Math.max(0, down ? node.step() - highest : lowest - node.step());
        to = Math.min(run.count() - 1, down ? node.step() - lowest : highest - node.step());
      }
      if (from <= to && live.nextClearBit(from) <= to) {
        live.set(from, to + 1);
        reached.add(new Reach(this, from, to));
      }
    }

    /** Marks what members read. */
    void spread(int from, int to) {
      for (Link link : links) {
        int moves = link.moves == ANY ? 0 : link.moves;
        int first = link.node.step() + (run == null ? 0 : from * moves);
        int last = link.node.step() + (run == null ? link.count - 1 : to) * moves;
        byNumber
            .get(link.number)
            .forEach(e -> e.reach(Math.min(first, last), Math.max(first, last)));
      }
    }

    /** Returns where the stretches of live members begin and end, one after the other. */
    private int[] stretches() {
      List<Integer> ends = new ArrayList<>();
      for (int i = live.nextSetBit(0); i >= 0; i = live.nextSetBit(ends.get(ends.size() - 1))) {
        ends.add(i);
        ends.add(live.nextClearBit(i));
      }
      return Ints.toArray(ends);
    }

    private boolean isLiveLike(Entry m, Entry n, Outline a, Outline b) {
      int[] own = stretches();
      int[] ends = m.stretches();
      int[] others = n.stretches();
      if (own.length == 0 && ends.length == 2 && others.length == 2) {
        return isOnLine(0, ends[1] - ends[0], others[1] - others[0], a, b);
      }
      boolean like = own.length == ends.length && own.length == others.length;
      for (int i = 0; like && i < own.length; i++) {
        like = isOnLine(own[i], ends[i], others[i], a, b);
      }
      return like;
    }

    boolean continues(Entry m, Entry n, Outline a, Outline b) {
      if (!isLike(m, a) || !isLike(n, b) || !isLiveLike(m, n, a, b)) {
        return false;
      }
      for (int i = 0; i < numbers.size(); i++) {
        if (!isOnLine(numbers.get(i), m.numbers.get(i), n.numbers.get(i), a, b)) {
          return false;
        }
      }
      return true;
    }

    private boolean isLike(Entry other, Outline at) {
      if (!self.isLike(other.self)
          || links.size() != other.links.size()
          || numbers.size() != other.numbers.size()) {
        return false;
      }
      for (int i = 0; i < links.size(); i++) {
        if (!links.get(i).isLike(other.links.get(i))) {
          return false;
        }
      }
      return node == other.node || (node != null && other.node != null && sameOp(other.node, at));
    }

    private boolean sameOp(Node other, Outline at) {
      if (node instanceof Parameter
          || other instanceof Parameter
          || isLooped(node) != isLooped(other)
          || node.op().getClass() != other.op().getClass()) {
        return false;
      }
      if (node.op() instanceof StepOf || (!isLooped(node) && node.op() instanceof ViewOp)) {
        return true; // its numbers say the rest
      }
      if (node.op() instanceof Constant constant && constant.isFilled()) {
        return sameNumber(constant, (Constant) other.op(), at);
      }
      return node.op().isLike(other.op());
    }
  }

  /** Members of an entry that were found to be live. */
  private record Reach(Entry entry, int from, int to) {}

  private final int length;
  private final List<Entry> entries = new ArrayList<>();

  /** The numbers of families, and of nodes outside every loop. */
  private final Map<Object, Integer> numbers = new HashMap<>();

  private final List<List<Entry>> byNumber = new ArrayList<>();
  private final Deque<Node> open = new ArrayDeque<>();
  private final Deque<Reach> reached = new ArrayDeque<>();
  private boolean regular = true;

  /**
   * Draws the outline of all that nodes are computed from.
   *
   * @param length T
   */
  public Outline(List<Node> nodes, int length) {
    this.length = length;
    Entry outputs = new Entry(nodes);
    entries.add(outputs);
    while (!open.isEmpty()) {
      Node node = open.remove();
      if (isLooped(node)) {
        List<Run> runs = node.family().runs();
        regular &= areApart(runs);
        runs.forEach(run -> add(new Entry(run)));
      } else {
        add(new Entry(node));
      }
    }
    outputs.reach(0, 0);
    while (!reached.isEmpty()) {
      Reach reach = reached.remove();
      reach.entry.spread(reach.from, reach.to);
    }
  }

  private void add(Entry entry) {
    entries.add(entry);
    byNumber.get(entry.self.number).add(entry);
  }

  private int numberOf(Node node) {
    Object key = isLooped(node) ? node.family() : node;
    Integer number = numbers.get(key);
    if (number == null) {
      number = numbers.size();
      numbers.put(key, number);
      byNumber.add(new ArrayList<>());
      open.add(node);
    }
    return number;
  }

  private static boolean isLooped(Node node) {
    return node.step() != Trace.NO_STEP;
  }

  private static boolean isVariadic(Node node) {
    return node.op() instanceof Stack || node.op() instanceof SumOf || node.op() instanceof Concat;
  }

  /** Returns whether there is at most one member for each time step, so that the step tells it. */
  private static boolean areApart(List<Run> runs) {
    boolean up = true;
    boolean down = true;
    for (int i = 1; i < runs.size(); i++) {
      up &= first(runs.get(i)) > last(runs.get(i - 1));
      down &= last(runs.get(i)) < first(runs.get(i - 1));
    }
    return !runs.isEmpty() && (up || down);
  }

  private static int first(Run run) {
    return run.first().step() + Math.min(0, run.direction() * (run.count() - 1));
  }

  private static int last(Run run) {
    return run.first().step() + Math.max(0, run.direction() * (run.count() - 1));
  }

  /** Returns whether this is the outline of the same model as two others, of two other lengths. */
  public boolean continues(Outline a, Outline b) {
    if (!regular
        || !a.regular
        || !b.regular
        || entries.size() != a.entries.size()
        || entries.size() != b.entries.size()) {
      return false;
    }
    for (int i = 0; i < entries.size(); i++) {
      if (!entries.get(i).continues(a.entries.get(i), b.entries.get(i), a, b)) {
        return false;
      }
    }
    return true;
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

  /** Returns whether a number is a + b·T. */
  private boolean isOnLine(int own, int m, int n, Outline a, Outline b) {
    long run = b.length - a.length;
    return own * run == m * run + (long) (n - m) * (length - a.length);
  }
}
