package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Leaf;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Families, verified: the members of a line have the same op and shape, and each of their operands
 * is the same node at every time step, or the member of another line a constant distance away, with
 * exceptions at the ends only. A family that is not so falls apart into single lines: a wrong hint
 * costs speed, never a result.
 */
public final class Lines {
  private final Order order;
  private final Absence absence;
  private final boolean[] live;
  private final Set<Family> apart = new HashSet<>();
  private final boolean simplify;
  private final Line[] lineOf;
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
    absence = new Absence(order);
    live = new boolean[order.size()];
    lineOf = new Line[order.size()];
    findLive(roots);
    if (families) {
      build();
    }
    if (!families || all.stream().noneMatch(Lines::repeats)) {
      order.nodes().forEach(node -> apart.add(node.family()));
      build();
    }
  }

  /** Returns whether a line is computed at more than one time step; a state only passes it on. */
  private static boolean repeats(Line line) {
    return line.isLive() && line.length() > (line.op() instanceof State ? 2 : 1);
  }

  /** Marks what is needed; an absent gradient is needed by nobody. */
  private void findLive(List<Node> roots) {
    roots.forEach(this::mark);
    for (int i = live.length - 1; i >= 0; i--) {
      if (live[i]) {
        List<Node> operands = order.node(i).operands();
        for (int k = 0; k < operands.size(); k++) {
          mark(operands.get(k));
        }
      }
    }
  }

  private void mark(Node node) {
    live[order.of(node)] |= !absence.of(node);
  }

  /** Lets the families of these lines fall apart, and builds all lines anew. */
  public void split(Collection<Line> lines) {
    lines.forEach(line -> apart.add(line.node().family()));
    build();
  }

  private void build() {
    int before;
    do {
      before = apart.size();
      group();
      for (Line line : all) {
        if (!connect(line)) {
          apart.add(line.node().family());
        }
      }
    } while (apart.size() != before);
    if (simplify) {
      Map<Line, Line> instead = Simplification.of(all);
      Arrays.setAll(lineOf, i -> instead.getOrDefault(lineOf[i], lineOf[i]));
      list();
      all.forEach(line -> line.replace(instead));
    }
  }

  private void group() {
    Map<Family, List<Node>> families = new LinkedHashMap<>();
    for (int i = 0; i < lineOf.length; i++) {
      Node node = order.node(i);
      if (node.op() instanceof Leaf
          || node.step() == Trace.NO_STEP
          || apart.contains(node.family())) {
        lineOf[i] = Line.single(node);
      } else {
        families.computeIfAbsent(node.family(), absent -> new ArrayList<>()).add(node);
      }
    }
    families.forEach(
        (family, members) -> {
          members.sort(Comparator.comparingInt(Node::step));
          Line line = areAlike(members) ? Line.looped(members) : null;
          if (line == null) {
            apart.add(family);
          }
          for (Node member : members) {
            lineOf[order.of(member)] = line == null ? Line.single(member) : line;
          }
        });
    for (int i = 0; i < lineOf.length; i++) {
      if (live[i]) {
        lineOf[i].include(lineOf[i].stepOf(order.node(i)));
      }
    }
    list();
    for (Line line : all) {
      if (line.isLive()
          && !line.members(line.from(), line.to()).stream().allMatch(m -> live[order.of(m)])) {
        apart.add(line.node().family());
      }
    }
  }

  /** Lists all lines. */
  private void list() {
    all = new ArrayList<>();
    for (Line line : lineOf) {
      if (line.number() >= all.size() || all.get(line.number()) != line) {
        line.number(all.size());
        all.add(line);
      }
    }
  }

  private static boolean areAlike(List<Node> members) {
    Node first = members.get(0);
    for (int i = 0; i < members.size(); i++) {
      Node member = members.get(i);
      if (!isLike(member, first)
          || member.step() != first.step() + i
          || member.operands().size() != first.operands().size()
          || !member.shape().equals(first.shape())) {
        return false;
      }
    }
    return true;
  }

  /** Returns whether two members do the same; steps of a sequence move along with time. */
  private static boolean isLike(Node a, Node b) {
    return a.op() instanceof StepOf own && b.op() instanceof StepOf other
        ? own.t() - a.step() == other.t() - b.step()
        : a.op().isLike(b.op());
  }

  // ---------------------------------------------------------------- terms

  private boolean connect(Line line) {
    List<Term> terms = new ArrayList<>();
    if (!line.isLooped()) {
      line.terms(operands(line.node()));
      return true;
    }
    for (int i = 0; i < line.node().operands().size(); i++) {
      Term term = term(line, i);
      boolean free = line.op() instanceof State || line.op() instanceof SumOf;
      if (term.pieces().size() > (free ? 3 : 2)) {
        return false;
      }
      if (!free && line.isLive() && term.over(line.from(), line.to()) == null) {
        return false;
      }
      terms.add(term);
    }
    line.terms(terms);
    return true;
  }

  private static boolean isVariadic(Op op) {
    return op instanceof Stack || op instanceof SumOf || op instanceof Concat;
  }

  private Term term(Line line, int position) {
    List<Term.Piece> pieces = new ArrayList<>();
    int t = line.first();
    while (t <= line.last()) {
      Node operand = line.at(t).operand(position);
      boolean repeats = t == line.last() || line.at(t + 1).operand(position) == operand;
      boolean initial = line.at(t).op() instanceof State state && state.isInitial();
      boolean fixed = !of(operand).isLooped() || (t < line.last() && repeats) || initial;
      int end = t;
      while (end < line.last()
          && continues(line.at(end + 1), position, operand, end + 1 - t, fixed)) {
        end++;
      }
      Line source = of(operand);
      int at = source.stepOf(operand);
      pieces.add(
          fixed ? new Term.Fixed(t, end, source, at) : new Term.Shifted(t, end, source, t - at));
      t = end + 1;
    }
    return new Term(pieces);
  }

  private boolean continues(Node member, int position, Node first, int steps, boolean fixed) {
    Node operand = member.operand(position);
    if (fixed) {
      return operand == first;
    }
    return of(operand) == of(first) && operand.step() == first.step() + steps;
  }

  /** Returns the operands of a single line; those of a variadic op in runs. */
  private List<Term> operands(Node node) {
    List<Term> terms = new ArrayList<>();
    List<Node> operands = node.operands();
    int count;
    for (int i = 0; i < operands.size(); i += count) {
      Node first = operands.get(i);
      Line source = of(first);
      boolean run = source.isLooped() && isVariadic(node.op());
      count = 1;
      while (run
          && i + count < operands.size()
          && of(operands.get(i + count)) == source
          && operands.get(i + count).step() == first.step() + count) {
        count++;
      }
      int at = source.stepOf(first);
      terms.add(
          new Term(
              List.of(run ? new Term.Run(source, at, count) : new Term.Fixed(0, 0, source, at))));
    }
    return terms;
  }

  // ---------------------------------------------------------------- queries

  /** Returns all lines, in the order of their first members. */
  public List<Line> all() {
    return all;
  }

  /** Returns the line of a node, or null where that is not in the graph. */
  public Line of(Node node) {
    int number = order.of(node);
    return number < 0 ? null : lineOf[number];
  }

  /** Returns whether the operand of a piece is absent at a time step of the line that has it. */
  boolean isAbsent(Term.Piece piece, int t) {
    return absence.of(piece.line().at(piece.source(t)));
  }

  public boolean isAbsent(Node node) {
    return absence.of(node);
  }

  /** Returns the pieces of all terms that are there. */
  public List<Term.Piece> present(Line line) {
    List<Term.Piece> pieces = new ArrayList<>();
    line.terms().forEach(term -> pieces.addAll(present(line, term)));
    return pieces;
  }

  /** Returns the pieces of a term that are there, cut to where the line is computed. */
  public List<Term.Piece> present(Line line, Term term) {
    List<Term.Piece> pieces = new ArrayList<>();
    for (Term.Piece piece : term.pieces()) {
      if (piece instanceof Term.Run run) {
        pieces.addAll(present(run));
        continue;
      }
      int from = Math.max(piece.from(), line.from());
      int to = Math.min(piece.to(), line.to());
      while (from <= to && isAbsent(piece, from)) {
        from++;
      }
      while (from <= to && isAbsent(piece, to)) {
        to--;
      }
      if (from <= to) {
        pieces.add(cut(piece, from, to));
      }
    }
    return pieces;
  }

  private static Term.Piece cut(Term.Piece piece, int from, int to) {
    if (piece instanceof Term.Fixed fixed) {
      return new Term.Fixed(from, to, fixed.line(), fixed.at());
    }
    Term.Shifted shifted = (Term.Shifted) piece;
    return new Term.Shifted(from, to, shifted.line(), shifted.distance());
  }

  /** Returns the stretches of a run that are there. */
  private List<Term.Piece> present(Term.Run run) {
    List<Term.Piece> stretches = new ArrayList<>();
    int end = run.at() + run.count();
    int t = run.at();
    while (t < end) {
      int from = t;
      while (t < end && !absence.of(run.line().at(t))) {
        t++;
      }
      if (t > from) {
        stretches.add(new Term.Run(run.line(), from, t - from));
      }
      t++;
    }
    return stretches;
  }
}
