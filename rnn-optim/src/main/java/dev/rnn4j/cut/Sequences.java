package dev.rnn4j.cut;

import static dev.rnn4j.cut.Lengths.NONE;

import dev.rnn4j.cut.Role.Kind;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.BroadcastTo;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Slice;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.StopGradient;
import java.util.List;

/**
 * The roles of what is made of sequences, outside loops: each op keeps time steps apart, or not.
 */
final class Sequences {
  private final int steps;
  private final Lengths lengths;

  /**
   * Creates the rules.
   *
   * @param steps the length of the sequences
   */
  Sequences(int steps, Lengths lengths) {
    this.steps = steps;
    this.lengths = lengths;
  }

  /** Returns the role of a node of which at least one operand is a sequence. */
  Role role(Node node, List<Role> operands) {
    return switch (dev.rnn4j.graph.op.Kind.of(node.op())) {
      case ELEMENTWISE, SUM -> aligned(node, operands);
      case FOLD -> folded(node, operands.get(0));
      case ROWS ->
          lengths.timeAxis(node) == node.shape().rank() - 1 ? whole(node) : first(operands);
      case VIEW -> viewed(node, operands.get(0));
      case JOIN -> joined(node, operands);
      case PRODUCT -> product(node, operands);
      case LOOKUP -> operands.get(0).is(Kind.SAME) ? operands.get(1) : whole(node);
      case CALL -> rows(node, operands);
      default -> whole(node);
    };
  }

  private static Role whole(Node node) {
    return Roles.mixed(node, "takes all time steps at once");
  }

  /** Returns the role of the first operand that is a sequence. */
  private static Role first(List<Role> operands) {
    return operands.stream().filter(role -> role.is(Kind.STEPS)).findFirst().orElseThrow();
  }

  /** The axes of time of all sequences lie upon each other. */
  private Role aligned(Node node, List<Role> operands) {
    Role first = first(operands);
    int fromEnd = fromEnd(node);
    for (int i = 0; i < operands.size(); i++) {
      Node operand = node.operand(i);
      boolean sequence = operands.get(i).is(Kind.STEPS);
      boolean moves = lengths.timeAxis(operand) != NONE;
      boolean fits = !moves || fromEnd(operand) == fromEnd;
      if (!fits || sequence && operands.get(i).at() != first.at()) {
        return Roles.mixed(node, "combines different time steps");
      }
    }
    return lengths.timeAxis(node) == NONE ? whole(node) : first;
  }

  private int fromEnd(Node node) {
    return node.shape().rank() - lengths.timeAxis(node);
  }

  private Role folded(Node node, Role operand) {
    AxesOp fold = (AxesOp) node.op();
    if (!fold.folds(lengths.timeAxis(node.operand(0)))) {
      return operand;
    }
    return fold.isSum() ? Role.SUM : Role.PEAK;
  }

  private Role viewed(Node node, Role operand) {
    Node x = node.operand(0);
    int axis = lengths.timeAxis(x);
    if (node.op() instanceof StopGradient) {
      return operand;
    }
    if (node.op() instanceof StepOf step) {
      boolean last = axis == 0 && step.t() == steps - 1 && x.size(0) == steps;
      return axis != 0 ? operand : last ? Role.LAST : one(node);
    }
    if (node.op() instanceof Slice) {
      boolean ends = x.size(axis) == steps && node.equals(lastOf(node, axis));
      return lengths.timeAxis(node) == axis ? operand : ends ? Role.LAST : one(node);
    }
    if (lengths.timeAxis(node) == NONE) {
      return whole(node);
    }
    if (node.op() instanceof BroadcastTo) {
      return fromEnd(node) == fromEnd(x) ? operand : whole(node);
    }
    return node.op().name().equals("reshape") ? reshaped(node, operand) : operand;
  }

  private static Role one(Node node) {
    return Roles.mixed(node, "reads some time steps of the sequence");
  }

  /** Returns the node where it is the last step of its operand, or null. */
  private static Node lastOf(Node node, int axis) {
    int size = node.operand(0).size(axis);
    boolean last = node.op().isLike(Slice.of(node.operand(0), axis, size - 1, size));
    return last ? node : null;
  }

  /** The steps are as far apart in the array as before, and all on one axis. */
  private Role reshaped(Node node, Role operand) {
    long apart = operand.at() * behind(node.operand(0));
    long behind = behind(node);
    long inner = behind == 0 ? 0 : apart / behind;
    boolean fits =
        inner > 0
            && inner * behind == apart
            && node.size(lengths.timeAxis(node)) % (inner * steps) == 0;
    return fits ? Role.steps((int) inner) : whole(node);
  }

  /** Returns how many elements lie behind the axis of time. */
  private long behind(Node node) {
    long behind = 1;
    for (int axis = lengths.timeAxis(node) + 1; axis < node.shape().rank(); axis++) {
      behind *= node.size(axis);
    }
    return behind;
  }

  private Role joined(Node node, List<Role> operands) {
    JoinOp join = (JoinOp) node.op();
    if (!join.addsAxis() && join.axis() == lengths.timeAxis(node)) {
      return Roles.mixed(node, "moves time steps");
    }
    for (int i = 0; i < operands.size(); i++) {
      if (lengths.timeAxis(node.operand(i)) == NONE) {
        return whole(node);
      }
    }
    return aligned(node, operands);
  }

  private Role product(Node node, List<Role> operands) {
    Node a = node.operand(0);
    Node b = node.operand(1);
    int ofA = lengths.timeAxis(a);
    int ofB = lengths.timeAxis(b);
    boolean rows = ofB == NONE && ofA < a.shape().rank() - 1;
    boolean columns = ofA == NONE && ofB == b.shape().rank() - 1;
    boolean matrices = ofA == ofB && ofA < a.shape().rank() - 2;
    return rows || columns || matrices && sameSteps(operands) ? first(operands) : whole(node);
  }

  private static boolean sameSteps(List<Role> operands) {
    return operands.stream()
            .filter(role -> role.is(Kind.STEPS))
            .mapToInt(Role::at)
            .distinct()
            .count()
        == 1;
  }

  /** An op of which only rows are known. */
  private Role rows(Node node, List<Role> operands) {
    boolean rows = node.op().hasIndependentRows() && lengths.timeAxis(node) == 0;
    for (Node operand : node.operands()) {
      rows &= lengths.timeAxis(operand) == 0;
    }
    return rows && sameSteps(operands) ? first(operands) : whole(node);
  }
}
