package dev.rnn4j.plan.internal.lines;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * What the compiler works on: the members of a family, verified to be alike, one for each time
 * step; or a node on its own.
 */
public final class Line {
  private final List<Node> members;
  private final boolean looped;
  private final int first;
  private List<Term> terms = new ArrayList<>();
  private int number;

  /** Range of time steps at which something is computed; empty where {@code from > to}. */
  private int from = Integer.MAX_VALUE;

  private int to = Integer.MIN_VALUE;

  private Line(List<Node> members, boolean looped, int first) {
    this.members = members;
    this.looped = looped;
    this.first = first;
  }

  static Line single(Node node) {
    return new Line(List.of(node), false, 0);
  }

  /** Returns the line of members at consecutive time steps. */
  static Line looped(List<Node> members) {
    return new Line(members, true, members.get(0).step());
  }

  public boolean isLooped() {
    return looped;
  }

  /** Returns the members at a range of time steps. */
  List<Node> members(int from, int to) {
    return looped ? members.subList(from - first, to - first + 1) : members;
  }

  /** Returns the member at a time step; the one node of a single line at any. */
  public Node at(int t) {
    return members.get(looped ? t - first : 0);
  }

  /** Returns the first time step with a member. */
  int first() {
    return first;
  }

  /** Returns the last time step with a member. */
  int last() {
    return first + members.size() - 1;
  }

  /** Returns the time step of a member as this line counts them. */
  public int stepOf(Node member) {
    return looped ? member.step() : 0;
  }

  public Node node() {
    return members.get(0);
  }

  public Op op() {
    return members.get(0).op();
  }

  public Shape shape() {
    return members.get(0).shape();
  }

  public List<Term> terms() {
    return terms;
  }

  void terms(List<Term> list) {
    terms = list;
  }

  /** Reads other lines in the place of some. */
  void replace(Map<Line, Line> instead) {
    terms = terms.stream().map(term -> term.with(instead)).toList();
  }

  /** Returns the place in the list of all lines. */
  int number() {
    return number;
  }

  void number(int place) {
    number = place;
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
