package dev.rnn4j.plan.internal.lines;

import com.google.common.collect.Iterables;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.op.Kind;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.Map;

/**
 * What the compiler works on: the members of a family, verified to be alike, one for each time
 * step; or a node on its own.
 */
public final class Line {
  private final Node[] members;
  private final boolean looped;
  private final int first;
  private List<Term> terms = List.of();
  private List<List<Term.Piece>> present = List.of();
  private List<Term.Piece> allPresent = List.of();

  /** Range of time steps at which something is computed; empty where {@code from > to}. */
  private int from = Integer.MAX_VALUE;

  private int to = Integer.MIN_VALUE;

  private Line(Node[] members, boolean looped, int first) {
    this.members = members;
    this.looped = looped;
    this.first = first;
  }

  static Line single(Node node) {
    return new Line(new Node[] {node}, false, 0);
  }

  /** Returns the line of members at consecutive time steps. */
  static Line looped(Node[] members) {
    return new Line(members, true, members[0].step());
  }

  public boolean isLooped() {
    return looped;
  }

  /** Returns the member at a time step; the one node of a single line at any. */
  public Node at(int t) {
    return members[looped ? t - first : 0];
  }

  /** Returns the first time step with a member. */
  int first() {
    return first;
  }

  /** Returns the last time step with a member. */
  int last() {
    return first + members.length - 1;
  }

  /** Returns the time step of a member as this line counts them. */
  public int stepOf(Node member) {
    return looped ? member.step() : 0;
  }

  public Node node() {
    return members[0];
  }

  public Op op() {
    return members[0].op();
  }

  public Kind kind() {
    return Kind.of(op());
  }

  public Shape shape() {
    return members[0].shape();
  }

  public List<Term> terms() {
    return terms;
  }

  void terms(List<Term> list) {
    terms = list;
  }

  /** Reads other lines in the place of some. */
  void replace(Map<Line, Line> instead) {
    if (Iterables.any(terms, term -> term.reads(instead))) {
      terms = terms.stream().map(term -> term.with(instead)).toList();
    }
  }

  /**
   * Finds what of its terms is there, while it is computed: a source that is not computed at a time
   * step at which this one reads it is absent.
   */
  void findPresent() {
    present = isLive() ? terms.stream().map(term -> term.present(from, to)).toList() : List.of();
    allPresent = present.stream().flatMap(List::stream).toList();
  }

  /** Returns the pieces of a term that are there, cut to where the line is computed. */
  public List<Term.Piece> present(int term) {
    return present.get(term);
  }

  /** Returns the pieces of all terms that are there, cut to where the line is computed. */
  public List<Term.Piece> present() {
    return allPresent;
  }

  /** Adds a time step at which this line is computed. */
  void include(int t) {
    from = Math.min(from, t);
    to = Math.max(to, t);
  }

  public int from() {
    return from;
  }

  public int to() {
    return to;
  }

  /** Returns whether anything is computed at all. */
  public boolean isLive() {
    return from <= to;
  }

  /** Returns the number of time steps that are computed. */
  public int length() {
    return to - from + 1;
  }

  @Override
  public String toString() {
    return node().family() + (looped ? " t=" + from + ".." + to : "");
  }
}
