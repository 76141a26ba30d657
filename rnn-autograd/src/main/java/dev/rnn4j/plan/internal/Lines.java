package dev.rnn4j.plan.internal;

import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Input;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Concat;
import dev.rnn4j.graph.op.Stack;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.SumOf;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Families, verified: the members of a line have the same op and shape, and each of their operands
 * is the same node at every time step, or the member of another line a constant distance away, with
 * exceptions at the ends only. A family that is not so falls apart into single lines: a wrong hint
 * costs speed, never a result.
 */
final class Lines {
  private final List<Node> order;
  private final Absence absence;
  private final Set<Node> live = new HashSet<>();
  private final Set<Family> apart = new HashSet<>();
  private final boolean simplify;
  private Map<Node, Line> lineOf = new HashMap<>();

  /**
   * Finds the lines of a graph.
   *
   * @param families whether a family may be one line; without, each node is one
   * @param simplify whether lines are left out that need not be computed
   */
  Lines(List<Node> roots, boolean families, boolean simplify) {
    this.simplify = simplify;
    order = Graphs.topological(roots);
    absence = new Absence(order);
    findLive(roots);
    if (!families) {
      order.forEach(node -> apart.add(node.family()));
    }
    build();
  }

  /** Marks what is needed; an absent gradient is needed by nobody. */
  private void findLive(List<Node> roots) {
    live.addAll(roots);
    live.removeIf(absence::of);
    for (int i = order.size() - 1; i >= 0; i--) {
      Node node = order.get(i);
      if (live.contains(node)) {
        for (Node operand : node.operands()) {
          if (!absence.of(operand)) {
            live.add(operand);
          }
        }
      }
    }
  }

  /** Lets the families of these lines fall apart, and builds all lines anew. */
  void split(Collection<Line> lines) {
    lines.forEach(line -> apart.add(line.node().family()));
    build();
  }

  private void build() {
    int before;
    do {
      before = apart.size();
      group();
      for (Line line : all()) {
        if (!connect(line)) {
          apart.add(line.node().family());
        }
      }
    } while (apart.size() != before);
    if (simplify) {
      Map<Line, Line> instead = Simplification.of(all());
      lineOf.replaceAll((node, line) -> instead.getOrDefault(line, line));
      for (Line line : all()) {
        line.terms(line.terms().stream().map(term -> term.with(instead)).toList());
      }
    }
  }

  private void group() {
    lineOf = new HashMap<>();
    Map<Family, List<Node>> families = new LinkedHashMap<>();
    for (Node node : order) {
      boolean leaf = node instanceof Input || node instanceof Parameter;
      if (leaf || node.step() == Trace.NO_STEP || apart.contains(node.family())) {
        lineOf.put(node, Line.single(node));
      } else {
        families.computeIfAbsent(node.family(), absent -> new ArrayList<>()).add(node);
      }
    }
    families.forEach(
        (family, members) -> {
          members.sort(Comparator.comparingInt(Node::step));
          if (areAlike(members)) {
            Line line = Line.looped(members);
            members.forEach(member -> lineOf.put(member, line));
          } else {
            apart.add(family);
            members.forEach(member -> lineOf.put(member, Line.single(member)));
          }
        });
    for (Node node : order) {
      if (live.contains(node)) {
        Line line = lineOf.get(node);
        line.include(line.stepOf(node));
      }
    }
    for (Line line : all()) {
      if (line.isLive()
          && !line.members(line.from(), line.to()).stream().allMatch(live::contains)) {
        apart.add(line.node().family());
      }
    }
  }

  private static boolean areAlike(List<Node> members) {
    Node first = members.get(0);
    for (int i = 0; i < members.size(); i++) {
      Node member = members.get(i);
      boolean affine = member.op() instanceof StepOf;
      boolean like =
          affine
              ? first.op() instanceof StepOf && offset(member) == offset(first)
              : member.op().isLike(first.op());
      if (!like
          || member.step() != first.step() + i
          || member.operands().size() != first.operands().size()
          || !member.shape().equals(first.shape())) {
        return false;
      }
    }
    return true;
  }

  private static int offset(Node step) {
    return ((StepOf) step.op()).t() - step.step();
  }

  // ---------------------------------------------------------------- terms

  private boolean connect(Line line) {
    List<Term> terms = new ArrayList<>();
    if (!line.isLooped()) {
      line.terms(isVariadic(line) ? runs(line.node()) : singles(line.node()));
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

  private static boolean isVariadic(Line line) {
    return line.op() instanceof Stack || line.op() instanceof SumOf || line.op() instanceof Concat;
  }

  private Term term(Line line, int position) {
    List<Term.Piece> pieces = new ArrayList<>();
    int t = line.first();
    while (t <= line.last()) {
      Node operand = line.at(t).operand(position);
      boolean repeats = t == line.last() || line.at(t + 1).operand(position) == operand;
      boolean initial = line.at(t).op() instanceof State state && state.isInitial();
      boolean fixed = !lineOf.get(operand).isLooped() || (t < line.last() && repeats) || initial;
      int end = t;
      while (end < line.last()
          && continues(line.at(end + 1), position, operand, end + 1 - t, fixed)) {
        end++;
      }
      Line source = lineOf.get(operand);
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
    return lineOf.get(operand) == lineOf.get(first) && operand.step() == first.step() + steps;
  }

  private List<Term> singles(Node node) {
    List<Term> terms = new ArrayList<>();
    for (Node operand : node.operands()) {
      Line source = lineOf.get(operand);
      terms.add(new Term(List.of(new Term.Fixed(0, 0, source, source.stepOf(operand)))));
    }
    return terms;
  }

  private List<Term> runs(Node node) {
    List<Term> terms = new ArrayList<>();
    List<Node> operands = node.operands();
    int i = 0;
    while (i < operands.size()) {
      Node first = operands.get(i);
      Line source = lineOf.get(first);
      int count = 1;
      while (source.isLooped()
          && i + count < operands.size()
          && lineOf.get(operands.get(i + count)) == source
          && operands.get(i + count).step() == first.step() + count) {
        count++;
      }
      int at = source.stepOf(first);
      terms.add(
          new Term(
              List.of(
                  source.isLooped()
                      ? new Term.Run(source, at, count)
                      : new Term.Fixed(0, 0, source, at))));
      i += count;
    }
    return terms;
  }

  // ---------------------------------------------------------------- queries

  /** Returns all lines, in the order of their first members. */
  Set<Line> all() {
    Set<Line> lines = new LinkedHashSet<>();
    order.forEach(node -> lines.add(lineOf.get(node)));
    return lines;
  }

  Line of(Node node) {
    return lineOf.get(node);
  }

  /** Returns whether the operand of a piece is absent at a time step of the line that has it. */
  boolean isAbsent(Term.Piece piece, int t) {
    return absence.of(piece.line().at(piece.source(t)));
  }

  boolean isAbsent(Node node) {
    return absence.of(node);
  }

  /** Returns the pieces of a term that are there, cut to where the line is computed. */
  List<Term.Piece> present(Line line, Term term) {
    List<Term.Piece> pieces = new ArrayList<>();
    for (Term.Piece piece : term.pieces()) {
      if (piece instanceof Term.Run run) {
        pieces.addAll(present(run));
        continue;
      }
      int from = Math.max(piece.from(), line.isLooped() ? line.from() : 0);
      int to = Math.min(piece.to(), line.isLooped() ? line.to() : 0);
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
