package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.graph.op.State;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.List;
import java.util.Map;

/**
 * Families, verified: the members of a line have the same op and shape, and each of their operands
 * is the same node at every time step, or the member of another line a constant distance away, with
 * exceptions at the ends only. A family that is not so falls apart into single lines: a wrong hint
 * costs speed, never a result.
 */
public final class Lines {
  private final Order order;
  private final Members members;
  private final boolean[] absent;
  private final boolean[] live;
  private final boolean simplify;
  private Line[] lineOf;
  private Map<Line, Line> instead = Map.of();
  private List<Line> all = List.of();

  /**
   * Finds the lines of a graph.
   *
   * @param families whether a family may be one line; without, each node is one
   * @param simplify whether lines are left out that need not be computed
   */
  public Lines(List<Node> roots, boolean families, boolean simplify) {
    this.simplify = simplify;
    order = new Order(roots);
    absent = Absence.of(order);
    live = new boolean[order.size()];
    findLive(roots);
    members = new Members(order, live);
    if (families) {
      build();
    }
    if (!families || all.stream().noneMatch(Lines::repeats)) {
      members.splitAll();
      build();
    }
  }

  /** Returns whether a line is computed at more than one time step; a state only passes it on. */
  private static boolean repeats(Line line) {
    return line.isLive() && line.length() > (line.kind() == Kind.STATE ? 2 : 1);
  }

  /** Marks what is needed; an absent gradient is needed by nobody. */
  private void findLive(List<Node> roots) {
    roots.forEach(root -> mark(order.of(root)));
    for (int i = live.length - 1; i >= 0; i--) {
      if (live[i]) {
        for (int k = 0; k < order.operands(i); k++) {
          mark(order.operand(i, k));
        }
      }
    }
  }

  private void mark(int number) {
    live[number] |= !absent[number];
  }

  /** Lets the families of these lines fall apart, and builds all lines anew. */
  public void split(Collection<Line> lines) {
    lines.forEach(this::fallApart);
    build();
  }

  private void fallApart(Line line) {
    members.split(order.of(line.node()));
  }

  private void build() {
    boolean changed;
    do {
      changed = false;
      group();
      for (Line line : all) {
        if (!connect(line)) {
          fallApart(line);
          changed = true;
        }
      }
    } while (changed);
    instead = simplify ? Simplification.of(all) : Map.of();
    if (!instead.isEmpty()) {
      all = all.stream().map(line -> instead.getOrDefault(line, line)).distinct().toList();
      all.forEach(line -> line.replace(instead));
    }
    all.forEach(Line::findPresent);
  }

  private void group() {
    Line[] lines = new Line[order.size()];
    all = new ArrayList<>();
    for (int i = 0; i < lines.length; i++) {
      if (lines[i] == null) {
        int[] family = members.of(i);
        all.add(family == null ? single(i, lines) : looped(family, lines));
      }
    }
    lineOf = lines;
    instead = Map.of();
  }

  private Line single(int node, Line[] lines) {
    lines[node] = Line.single(order.node(node));
    if (live[node]) {
      lines[node].include(0);
    }
    return lines[node];
  }

  private Line looped(int[] family, Line[] lines) {
    Line line = Line.looped(Arrays.stream(family).mapToObj(order::node).toArray(Node[]::new));
    for (int i = 0; i < family.length; i++) {
      lines[family[i]] = line;
      if (live[family[i]]) {
        line.include(line.first() + i);
      }
    }
    return line;
  }

  // ---------------------------------------------------------------- terms

  private boolean connect(Line line) {
    if (!line.isLive()) {
      return true;
    }
    if (!line.isLooped()) {
      line.terms(operands(order.of(line.node())));
      return true;
    }
    int[] numbers = members.of(order.of(line.node()));
    List<Term> terms = new ArrayList<>();
    for (int i = 0; i < line.node().operands().size(); i++) {
      Term term = term(line, numbers, i);
      boolean free = line.kind() == Kind.STATE || line.kind() == Kind.SUM;
      if (term.pieces().size() > (free ? 3 : 2)) {
        return false;
      }
      if (!free && term.over(line.from(), line.to()) == null) {
        return false;
      }
      terms.add(term);
    }
    line.terms(terms);
    return true;
  }

  /** Returns the operands of a line at a position as pieces: at most four, of which more follow. */
  private Term term(Line line, int[] numbers, int position) {
    List<Term.Piece> pieces = new ArrayList<>(1);
    int at = 0;
    while (at < numbers.length && pieces.size() < 4) {
      int operand = order.operand(numbers[at], position);
      boolean last = at + 1 == numbers.length;
      boolean repeats = !last && order.operand(numbers[at + 1], position) == operand;
      Line source = lineOf[operand];
      boolean initial = line.at(line.first() + at).op() instanceof State state && state.isInitial();
      boolean fixed = !source.isLooped() || repeats || initial;
      int step = source.isLooped() ? members.step(operand) : 0;
      int end = at + 1;
      while (end < numbers.length
          && (fixed
              ? order.operand(numbers[end], position) == operand
              : isOn(order.operand(numbers[end], position), source, step + end - at))) {
        end++;
      }
      int from = line.first() + at;
      int to = line.first() + end - 1;
      pieces.add(
          fixed
              ? new Term.Fixed(from, to, source, step)
              : new Term.Shifted(from, to, source, from - step));
      at = end;
    }
    return new Term(pieces);
  }

  /** Returns whether a node is the member of a looped line at a time step. */
  private boolean isOn(int node, Line line, int step) {
    return lineOf[node] == line && members.step(node) == step;
  }

  /** Returns the operands of a single line; those of an op that takes a list in runs. */
  private List<Term> operands(int node) {
    int count = order.operands(node);
    List<Term> terms = new ArrayList<>(Math.min(count, 3));
    boolean list = order.node(node).op().takesList();
    int i = 0;
    while (i < count) {
      Line source = lineOf[order.operand(node, i)];
      int at = source.isLooped() ? members.step(order.operand(node, i)) : 0;
      int end = i + 1;
      if (list && source.isLooped()) {
        while (end < count && isOn(order.operand(node, end), source, at + end - i)) {
          end++;
        }
        terms.add(new Term(List.of(new Term.Span(source, at, end - i))));
      } else {
        terms.add(new Term(List.of(new Term.Fixed(0, 0, source, at))));
      }
      i = end;
    }
    return terms;
  }

  // ---------------------------------------------------------------- queries

  /** Returns all lines, in the order of their first members. */
  public List<Line> all() {
    return all;
  }

  /** Returns the number of nodes. */
  public int nodes() {
    return order.size();
  }

  /** Returns the line of a node, or null where that is not in the graph. */
  public Line of(Node node) {
    int number = order.of(node);
    if (number < 0) {
      return null;
    }
    return instead.getOrDefault(lineOf[number], lineOf[number]);
  }

  /** Returns whether a node is zeros that stand for a gradient that does not exist. */
  public boolean isAbsent(Node node) {
    int number = order.of(node);
    return number >= 0 && absent[number];
  }
}
