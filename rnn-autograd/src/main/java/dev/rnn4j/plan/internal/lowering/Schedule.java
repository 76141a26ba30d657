package dev.rnn4j.plan.internal.lowering;

import com.google.common.collect.ArrayListMultimap;
import com.google.common.collect.ImmutableList;
import com.google.common.collect.ImmutableSet;
import com.google.common.collect.Iterables;
import com.google.common.collect.ListMultimap;
import com.google.common.collect.Lists;
import com.google.common.graph.Traverser;
import dev.rnn4j.graph.Node;
import dev.rnn4j.plan.internal.lines.Line;
import dev.rnn4j.plan.internal.lines.Lines;
import dev.rnn4j.plan.internal.lines.Term;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Loop distribution (Allen and Kennedy): lines that depend on themselves through time are a
 * recurrence and run step by step, together; every other line runs for all time steps at once. What
 * depends on itself in both directions of time falls apart into single nodes.
 */
final class Schedule {
  /**
   * Lines that run together.
   *
   * @param lines in the order in which they run within a time step
   * @param direction 1 for a recurrence forward in time, −1 backward, 0 for a line on its own
   * @param first whether they are needed for what is computed before all else
   */
  record Component(List<Line> lines, int direction, boolean first) {
    boolean isLoop() {
      return direction != 0;
    }
  }

  /** What lines depend on in both directions of time. */
  private static final int BOTH = 2;

  /** The operands of each live line. */
  private final Map<Line, List<Term.Piece>> edges = new HashMap<>();

  private final ListMultimap<Line, Line> users = ArrayListMultimap.create();
  private final Set<Line> first;

  private Schedule(Lines lines, List<Node> outputs) {
    for (Line line : lines.all()) {
      if (line.isLive()) {
        edges.put(line, line.present());
        edges.get(line).forEach(piece -> users.put(piece.line(), line));
      }
    }
    Stream<Line> computed = outputs.stream().filter(node -> !lines.isAbsent(node)).map(lines::of);
    first = ImmutableSet.copyOf(operands().breadthFirst(computed.toList()));
  }

  private Traverser<Line> operands() {
    return Traverser.forGraph(line -> Lists.transform(edges.get(line), Term.Piece::line));
  }

  /**
   * Returns all live lines in components, in an order in which they can run.
   *
   * @param first nodes that are computed before all others
   */
  static List<Component> of(Lines lines, List<Node> first) {
    while (true) {
      Schedule schedule = new Schedule(lines, first);
      List<Component> components = schedule.components().stream().map(schedule::component).toList();
      List<Line> broken =
          components.stream()
              .filter(component -> component.direction() == BOTH)
              .flatMap(component -> component.lines().stream())
              .toList();
      if (broken.isEmpty()) {
        return schedule.ordered(components);
      }
      lines.split(broken);
    }
  }

  /** Kosaraju's algorithm: lines that reach each other are one component. */
  private List<Set<Line>> components() {
    List<Set<Line>> found = new ArrayList<>();
    Set<Line> done = new HashSet<>();
    Traverser<Line> back =
        Traverser.forGraph(line -> Iterables.filter(users.get(line), user -> !done.contains(user)));
    Iterable<Line> operandsFirst = operands().depthFirstPostOrder(edges.keySet());
    for (Line line : ImmutableList.copyOf(operandsFirst).reverse()) {
      if (!done.contains(line)) {
        Set<Line> members = ImmutableSet.copyOf(back.breadthFirst(line));
        done.addAll(members);
        found.add(members);
      }
    }
    return found;
  }

  private Component component(Set<Line> members) {
    Line any = members.iterator().next();
    return new Component(List.copyOf(members), direction(members), first.contains(any));
  }

  /** Returns whether lines run forward in time, backward, for all steps at once, or not at all. */
  private int direction(Set<Line> members) {
    int direction = 0;
    for (Line line : members) {
      for (Term.Piece piece : edges.get(line)) {
        if (members.contains(piece.line())) {
          int sign =
              piece instanceof Term.Shifted shifted ? Integer.signum(shifted.distance()) : BOTH;
          if (sign == BOTH || sign * direction < 0) {
            return BOTH;
          }
          direction = sign == 0 ? direction : sign;
        }
      }
    }
    return members.size() > 1 && direction == 0 ? BOTH : direction;
  }

  // ---------------------------------------------------------------- order

  private List<Component> ordered(List<Component> components) {
    Map<Line, Integer> componentOf = new HashMap<>();
    List<Long> built = new ArrayList<>();
    for (Component component : components) {
      component.lines().forEach(line -> componentOf.put(line, built.size()));
      built.add(component.lines().stream().mapToLong(l -> l.at(l.from()).id()).min().orElseThrow());
    }
    Function<Integer, Stream<Integer>> needs =
        i ->
            components.get(i).lines().stream()
                .flatMap(line -> edges.get(line).stream())
                .map(piece -> componentOf.get(piece.line()))
                .filter(needed -> !needed.equals(i));
    Comparator<Integer> order =
        Comparator.comparing((Integer i) -> !components.get(i).first()).thenComparing(built::get);
    return sorted(IntStream.range(0, components.size()).boxed().toList(), needs, order).stream()
        .map(components::get)
        .map(
            component ->
                new Component(
                    withinStep(component.lines()), component.direction(), component.first()))
        .toList();
  }

  /** Sorts the lines of a recurrence by what they need of the same time step. */
  private List<Line> withinStep(List<Line> lines) {
    Set<Line> members = ImmutableSet.copyOf(lines);
    return sorted(
        members,
        line ->
            edges.get(line).stream()
                .filter(piece -> piece instanceof Term.Shifted s && s.distance() == 0)
                .map(Term.Piece::line)
                .filter(members::contains),
        Comparator.comparingLong(Schedule::built));
  }

  /** Returns when a line's first member was built: the last of a state is later than its step. */
  private static long built(Line line) {
    return Math.min(line.at(line.from()).id(), line.at(line.to()).id());
  }

  /** Returns items after those that they need, and else in an order. */
  private static <T> List<T> sorted(
      Collection<T> items, Function<T, Stream<T>> needs, Comparator<T> order) {
    Map<T, Integer> open = new HashMap<>();
    ListMultimap<T, T> readers = ArrayListMultimap.create();
    PriorityQueue<T> ready = new PriorityQueue<>(order);
    for (T item : items) {
      Set<T> needed = needs.apply(item).collect(Collectors.toSet());
      open.put(item, needed.size());
      needed.forEach(need -> readers.put(need, item));
      if (needed.isEmpty()) {
        ready.add(item);
      }
    }
    List<T> result = new ArrayList<>();
    while (!ready.isEmpty()) {
      T item = ready.remove();
      result.add(item);
      for (T reader : readers.get(item)) {
        if (open.merge(reader, -1, Integer::sum) == 0) {
          ready.add(reader);
        }
      }
    }
    return result;
  }
}
