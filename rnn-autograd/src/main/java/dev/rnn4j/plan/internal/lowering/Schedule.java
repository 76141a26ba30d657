package dev.rnn4j.plan.internal.lowering;

import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import dev.rnn4j.plan.internal.program.Group;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;

/**
 * Loop distribution (Allen and Kennedy): lines that depend on themselves through time are a
 * recurrence and run step by step, together; every other line runs for all time steps at once. What
 * depends on itself in both directions of time falls apart into single nodes.
 */
public final class Schedule {
  /**
   * Lines that run together.
   *
   * @param lines in the order in which they run within a time step
   * @param direction 1 for a recurrence forward in time, −1 backward, 0 for a line on its own
   */
  public record Group(List<Line> lines, int direction) {
    boolean isLoop() {
      return direction != 0;
    }
  }

  private record Edge(Line to, Term.Piece piece) {}

  private final Lines lines;
  private final Map<Line, List<Edge>> edges = new HashMap<>();
  private final Map<Line, Integer> phase = new HashMap<>();

  private Schedule(Lines lines, List<Node> first) {
    this.lines = lines;
    for (Line line : lines.all()) {
      if (line.isLive()) {
        List<Edge> own = new ArrayList<>();
        for (Term term : line.terms()) {
          lines.present(line, term).forEach(piece -> own.add(new Edge(piece.line(), piece)));
        }
        edges.put(line, own);
        phase.put(line, 1);
      }
    }
    Deque<Line> open = new ArrayDeque<>();
    first.stream().filter(node -> !lines.isAbsent(node)).map(lines::of).forEach(open::add);
    while (!open.isEmpty()) {
      Line line = open.pop();
      if (phase.put(line, 0) != 0) {
        edges.get(line).forEach(edge -> open.push(edge.to()));
      }
    }
  }

  /**
   * Returns all live lines in groups, in an order in which they can run.
   *
   * @param first nodes that are computed before all others
   */
  public static List<Group> of(Lines lines, List<Node> first) {
    while (true) {
      Schedule schedule = new Schedule(lines, first);
      List<Group> groups = new ArrayList<>();
      Set<Line> broken = new HashSet<>();
      for (List<Line> component : schedule.components()) {
        int direction = schedule.direction(component);
        if (direction == Integer.MAX_VALUE) {
          broken.addAll(component);
        }
        groups.add(new Group(component, direction));
      }
      if (broken.isEmpty()) {
        return schedule.ordered(groups);
      }
      lines.split(broken);
    }
  }

  /** Returns whether a line is computed before the split. */
  private int direction(List<Line> component) {
    Set<Line> members = new HashSet<>(component);
    int direction = 0;
    for (Line line : component) {
      for (Edge edge : edges.get(line)) {
        if (!members.contains(edge.to())) {
          continue;
        }
        if (!(edge.piece() instanceof Term.Shifted shifted)) {
          return Integer.MAX_VALUE;
        }
        int sign = Integer.signum(shifted.distance());
        if (sign != 0 && direction != 0 && sign != direction) {
          return Integer.MAX_VALUE;
        }
        direction = sign == 0 ? direction : sign;
      }
    }
    return component.size() > 1 && direction == 0 ? Integer.MAX_VALUE : direction;
  }

  // ---------------------------------------------------------------- strongly connected components

  /** Tarjan's algorithm, without recursion. */
  private List<List<Line>> components() {
    List<List<Line>> found = new ArrayList<>();
    Map<Line, Integer> index = new HashMap<>();
    Map<Line, Integer> low = new HashMap<>();
    Map<Line, Integer> next = new HashMap<>();
    Deque<Line> path = new ArrayDeque<>();
    Deque<Line> stack = new ArrayDeque<>();
    Set<Line> onStack = new HashSet<>();
    for (Line root : edges.keySet()) {
      if (index.containsKey(root)) {
        continue;
      }
      path.push(root);
      while (!path.isEmpty()) {
        Line line = path.peek();
        if (!index.containsKey(line)) {
          index.put(line, index.size());
          low.put(line, index.get(line));
          stack.push(line);
          onStack.add(line);
        }
        int position = next.merge(line, 1, Integer::sum) - 1;
        List<Edge> own = edges.get(line);
        if (position < own.size()) {
          Line to = own.get(position).to();
          if (!index.containsKey(to)) {
            path.push(to);
          } else if (onStack.contains(to)) {
            low.merge(line, index.get(to), Math::min);
          }
          continue;
        }
        path.pop();
        if (!path.isEmpty()) {
          low.merge(path.peek(), low.get(line), Math::min);
        }
        if (low.get(line).equals(index.get(line))) {
          List<Line> component = new ArrayList<>();
          Line member;
          do {
            member = stack.pop();
            onStack.remove(member);
            component.add(member);
          } while (member != line);
          found.add(component);
        }
      }
    }
    return found;
  }

  // ---------------------------------------------------------------- order

  private List<Group> ordered(List<Group> groups) {
    Map<Line, Group> groupOf = new HashMap<>();
    groups.forEach(group -> group.lines().forEach(line -> groupOf.put(line, group)));
    Map<Group, Set<Group>> needs = new HashMap<>();
    Map<Group, Long> rank = new HashMap<>();
    for (Group group : groups) {
      Set<Group> needed = new HashSet<>();
      long earliest = Long.MAX_VALUE;
      for (Line line : group.lines()) {
        edges.get(line).forEach(edge -> needed.add(groupOf.get(edge.to())));
        earliest = Math.min(earliest, line.at(line.from()).id());
      }
      needed.remove(group);
      needs.put(group, needed);
      rank.put(group, earliest);
    }
    Comparator<Group> order =
        Comparator.<Group>comparingInt(group -> phase.get(group.lines().get(0)))
            .thenComparing(rank::get);
    List<Group> result = new ArrayList<>();
    for (Group group : sorted(groups, needs, order)) {
      result.add(new Group(withinStep(group.lines()), group.direction()));
    }
    return result;
  }

  /** Sorts the lines of a recurrence by what they need of the same time step. */
  private List<Line> withinStep(List<Line> members) {
    if (members.size() == 1) {
      return members;
    }
    Map<Line, Set<Line>> needs = new HashMap<>();
    for (Line line : members) {
      Set<Line> needed = new HashSet<>();
      for (Edge edge : edges.get(line)) {
        if (edge.piece() instanceof Term.Shifted shifted
            && shifted.distance() == 0
            && members.contains(edge.to())) {
          needed.add(edge.to());
        }
      }
      needs.put(line, needed);
    }
    return sorted(members, needs, Comparator.comparingLong(Schedule::built));
  }

  /** Returns when a line's first member was built: the last of a state is later than its step. */
  private static long built(Line line) {
    return Math.min(line.at(line.from()).id(), line.at(line.to()).id());
  }

  private static <T> List<T> sorted(List<T> items, Map<T, Set<T>> needs, Comparator<T> order) {
    Map<T, Integer> open = new HashMap<>();
    Map<T, List<T>> users = new HashMap<>();
    PriorityQueue<T> ready = new PriorityQueue<>(order);
    for (T item : items) {
      open.put(item, needs.get(item).size());
      needs
          .get(item)
          .forEach(need -> users.computeIfAbsent(need, n -> new ArrayList<>()).add(item));
      if (needs.get(item).isEmpty()) {
        ready.add(item);
      }
    }
    List<T> result = new ArrayList<>();
    while (!ready.isEmpty()) {
      T item = ready.remove();
      result.add(item);
      for (T user : users.getOrDefault(item, List.of())) {
        if (open.merge(user, -1, Integer::sum) == 0) {
          ready.add(user);
        }
      }
    }
    return result;
  }
}
