package dev.rnn4j.cut;

import static dev.rnn4j.cut.Lengths.NONE;

import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.graph.Family;
import dev.rnn4j.graph.Graphs;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Order;
import dev.rnn4j.graph.Trace;
import dev.rnn4j.graph.op.Add;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.BroadcastTo;
import dev.rnn4j.graph.op.Constant;
import dev.rnn4j.graph.op.Divide;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Maximum;
import dev.rnn4j.graph.op.Multiply;
import dev.rnn4j.graph.op.Negate;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.RandomUniform;
import dev.rnn4j.graph.op.State;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.Subtract;
import dev.rnn4j.graph.op.WithinRange;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The roles of the nodes of one graph, operands first. */
final class Roles {
  private final Traced graph;
  private final Lengths lengths;
  private final Sequences sequences;
  private final Map<Node, Role> roles = new HashMap<>();

  /** The first node of each line of a loop. */
  private final Map<Family, Node> firsts = new HashMap<>();

  Roles(Traced graph, Order order, Lengths lengths) {
    this.graph = graph;
    this.lengths = lengths;
    this.sequences = new Sequences(graph.steps(), lengths);
    for (Node node : order.nodes()) {
      roles.put(node, role(node));
    }
  }

  /** Returns the role of what is asked for, outside all loops. */
  Role of(Node root) {
    return outside(root, root);
  }

  private Role role(Node node) {
    String odd = lengths.odd(node);
    if (odd != null) {
      return mixed(node, odd);
    }
    for (Node operand : node.operands()) {
      if (roles.get(operand).is(Kind.MIXED)) {
        return roles.get(operand);
      }
    }
    if (graph.begins().contains(node)) {
      Role own = outside(node, node.operand(1));
      return own.is(Kind.SAME)
          ? Role.BEGIN
          : mixed(node, "begins with what another part of the model has at the end of a sequence");
    }
    return node.step() == Trace.NO_STEP ? outside(node) : within(node);
  }

  static Role mixed(Node node, String why) {
    String place = node.family().builtAt().map(line -> " (" + line + ")").orElse("");
    return Role.mixed(Graphs.title(node) + place + " " + why);
  }

  // ---------------------------------------------------------------- loops

  private Role within(Node node) {
    if (node.op() instanceof State) {
      return state(node);
    }
    if (node.op() instanceof StepOf step && roles.get(node.operand(0)).is(Kind.STEPS)) {
      boolean own = step.t() == node.step() && lengths.timeAxis(node.operand(0)) == 0;
      return own ? Role.step(step.t()) : mixed(node, "reads another time step than its own");
    }
    if (!Lengths.isSame(node, firsts.computeIfAbsent(node.family(), absent -> node))) {
      return mixed(node, "is another one at each time step");
    }
    boolean moves = false;
    for (Node operand : node.operands()) {
      Role role = roles.get(operand);
      boolean here = role.is(Kind.STEP) && role.at() == node.step();
      if (!here && !(role.is(Kind.SAME) && lengths.timeAxis(operand) == NONE)) {
        return mixed(
            node,
            role.is(Kind.STEP)
                ? "reads another time step than its own"
                : "reads more of the sequence than one time step");
      }
      moves |= here;
    }
    return moves ? Role.step(node.step()) : Role.SAME;
  }

  private Role state(Node node) {
    Role before = roles.get(node.operand(0));
    boolean goesOn =
        ((State) node.op()).isInitial()
            ? before.is(Kind.BEGIN) && node.step() == 0
            : before.is(Kind.SAME) || before.is(Kind.STEP) && before.at() == node.step() - 1;
    if (!goesOn) {
      return mixed(node, "does not go on from one segment to the next");
    }
    return node.step() == graph.steps() ? Role.LAST : Role.step(node.step());
  }

  /** Returns the role that something has for a node outside loops. */
  private Role outside(Node reader, Node node) {
    Role role = roles.get(node);
    if (!role.is(Kind.STEP)) {
      return role;
    }
    return role.at() == graph.steps() - 1
        ? Role.LAST
        : mixed(reader, "reads one time step of the sequence");
  }

  // ---------------------------------------------------------------- outside loops

  private Role outside(Node node) {
    if (node.op() instanceof JoinOp join && join.addsAxis()) {
      Role stacked = stacked(node);
      if (stacked != null) {
        return stacked;
      }
    }
    List<Role> operands = new ArrayList<>();
    Set<Kind> kinds = EnumSet.noneOf(Kind.class);
    for (Node operand : node.operands()) {
      Role role = outside(node, operand);
      if (role.is(Kind.MIXED)) {
        return role;
      }
      operands.add(role);
      kinds.add(role.kind());
    }
    if (kinds.contains(Kind.BEGIN) || kinds.contains(Kind.PEAK)) {
      boolean peak = kinds.equals(EnumSet.of(Kind.BEGIN, Kind.PEAK));
      return peak && node.op() instanceof Maximum
          ? Role.LAST
          : kinds.equals(EnumSet.of(Kind.PEAK)) && node.op().name().equals("reshape")
              ? Role.PEAK
              : mixed(node, "takes the largest of all time steps");
    }
    if (kinds.contains(Kind.SUM)) {
      return ofSum(node, operands, kinds);
    }
    if (kinds.contains(Kind.LAST)) {
      boolean once = !kinds.contains(Kind.STEPS) && lengths.timeAxis(node) == NONE;
      return once ? Role.LAST : mixed(node, "reads the end of the sequence at each time step");
    }
    return kinds.contains(Kind.STEPS) ? sequences.role(node, operands) : ofSame(node);
  }

  /** Returns the role of a stack of all time steps of a loop, or null where it is another one. */
  private Role stacked(Node node) {
    boolean any = false;
    for (int t = 0; t < node.operands().size(); t++) {
      Role role = roles.get(node.operand(t));
      boolean own = role.is(Kind.STEP) && role.at() == t;
      any |= own;
      if (!own && !role.is(Kind.SAME)) {
        return null;
      }
    }
    return any && lengths.timeAxis(node) == 0 ? Role.steps(1) : null;
  }

  private Role ofSame(Node node) {
    if (graph.sequences().contains(node)) {
      return lengths.timeAxis(node) == 0 ? Role.steps(1) : Role.SAME;
    }
    if (node.op() instanceof RandomUniform draw) {
      boolean moves = lengths.timeAxis(node) != NONE;
      if (moves == draw.isOverTime()) {
        return moves ? Role.steps(1) : Role.SAME;
      }
      return mixed(node, "draws for all time steps what is not counted by time steps");
    }
    boolean repeats = false;
    for (Node operand : node.operands()) {
      repeats |= lengths.timeAxis(operand) != NONE;
    }
    if (node.op() instanceof AxesOp fold && repeats && lengths.timeAxis(node) == NONE) {
      return fold.isSum() ? Role.SUM : Role.SAME;
    }
    boolean elementwise =
        node.op() instanceof PointwiseOp
            || node.op() instanceof BroadcastTo
            || node.op() instanceof Constant;
    boolean kept = repeats == (lengths.timeAxis(node) != NONE);
    return elementwise || kept ? Role.SAME : mixed(node, "takes all time steps at once");
  }

  /** What is linear in a sum is a sum, and so is one that is given where targets are in range. */
  private Role ofSum(Node node, List<Role> operands, Set<Kind> kinds) {
    if (node.op() instanceof WithinRange && operands.get(0).is(Kind.SUM)) {
      return Role.SUM;
    }
    boolean sums = kinds.equals(EnumSet.of(Kind.SUM));
    boolean scaled = kinds.equals(EnumSet.of(Kind.SUM, Kind.SAME));
    long count = operands.stream().filter(role -> role.is(Kind.SUM)).count();
    boolean linear =
        switch (dev.rnn4j.graph.op.Kind.of(node.op())) {
          case ELEMENTWISE ->
              node.op() instanceof Add || node.op() instanceof Subtract
                  ? sums
                  : node.op() instanceof Negate
                      || node.op() instanceof Multiply && scaled && count == 1
                      || node.op() instanceof Divide && scaled && operands.get(0).is(Kind.SUM);
          case VIEW, SUM, JOIN -> sums;
          case FOLD -> ((AxesOp) node.op()).isSum();
          case PRODUCT -> scaled && count == 1;
          default -> false;
        };
    return linear && lengths.timeAxis(node) == NONE
        ? Role.SUM
        : mixed(node, "makes something else than a sum of what is added up over all time steps");
  }
}
