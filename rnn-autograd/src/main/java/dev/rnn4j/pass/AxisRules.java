package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.graph.op.AxesOp;
import dev.rnn4j.graph.op.BroadcastTo;
import dev.rnn4j.graph.op.Gather;
import dev.rnn4j.graph.op.JoinOp;
import dev.rnn4j.graph.op.Matmul;
import dev.rnn4j.graph.op.PointwiseOp;
import dev.rnn4j.graph.op.Reshape;
import dev.rnn4j.graph.op.Slice;
import dev.rnn4j.graph.op.StepOf;
import dev.rnn4j.graph.op.Transpose;
import dev.rnn4j.graph.op.ViewOp;
import dev.rnn4j.pass.Axis.Of;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.IntFunction;
import java.util.stream.IntStream;

/**
 * What the axes of a result stand for, given those of its operands: for each kind of op what it
 * does to them. What cannot be shown is not said. An op of a user's own is taken to be elementwise
 * where its result has the operands' shape.
 */
final class AxisRules {
  private final Node node;
  private final List<Axes> operands;
  private final int steps;

  private AxisRules(Node node, List<Axes> operands, int steps) {
    this.node = node;
    this.operands = operands;
    this.steps = steps;
  }

  /**
   * Returns the axes of a result.
   *
   * @param steps T
   */
  static Axes of(Node node, List<Axes> operands, int steps) {
    if (operands.stream().anyMatch(Axes::isLost)) {
      return Axes.lost(node.shape());
    }
    boolean nothing = node.operands().stream().anyMatch(x -> x.shape().elements() == 0);
    if (node.shape().elements() == 0 || nothing && !(node.op() instanceof JoinOp)) {
      return Axes.ofAnother(node);
    }
    Axes axes = new AxisRules(node, operands, steps).axes();
    return axes.isLost() ? Axes.lost(node.shape()) : axes;
  }

  private Axes axes() {
    Op op = node.op();
    if (op instanceof ViewOp) {
      return viewed();
    }
    if (op instanceof AxesOp fold) {
      return Axes.of(folded(fold), operands);
    }
    if (op instanceof JoinOp join) {
      return join.addsAxis() ? stacked(join.axis()) : joined(join.axis());
    }
    if (op instanceof Matmul) {
      return multiplied();
    }
    if (op instanceof Gather) {
      return gathered();
    }
    boolean likeAll = node.operands().stream().allMatch(x -> x.shape().equals(node.shape()));
    if (op instanceof PointwiseOp || likeAll) {
      return Axes.of(together(), operands);
    }
    return operands.stream().anyMatch(axes -> axes.has(Of.N))
        ? Axes.lost(node.shape())
        : Axes.of(each(i -> Axis.of(Of.MIXED, node.size(i))), operands);
  }

  private List<Axis> each(IntFunction<Axis> axis) {
    return IntStream.range(0, node.shape().rank()).mapToObj(axis).toList();
  }

  /** Returns the axes of operands that are broadcast to the result. */
  private List<Axis> together() {
    List<Axis> together = aligned(0);
    for (int i = 1; i < operands.size(); i++) {
      List<Axis> own = aligned(i);
      List<Axis> before = together;
      together = each(axis -> before.get(axis).with(own.get(axis)));
    }
    return together;
  }

  private List<Axis> aligned(int operand) {
    Shape shape = node.operand(operand).shape();
    int lead = node.shape().rank() - shape.rank();
    return each(
        i ->
            i >= lead && shape.size(i - lead) == node.size(i)
                ? operands.get(operand).get(i - lead)
                : Axis.of(Of.SAME, node.size(i)));
  }

  private Axes viewed() {
    Op op = node.op();
    Axes own = operands.get(0);
    Shape shape = node.operand(0).shape();
    if (op instanceof BroadcastTo) {
      return Axes.of(aligned(0), operands);
    }
    if (op instanceof Reshape) {
      return Axes.of(Axis.reshaped(own.all(), node.shape().toArray()), operands);
    }
    Layout dense = Layout.dense(shape);
    Layout after = ((ViewOp) op).view(node, dense).orElseThrow();
    if (op instanceof Transpose) {
      return Axes.of(each(i -> transposed(dense, after, i)), operands);
    }
    if (op instanceof Slice) {
      int axis = 0;
      while (axis < shape.rank() - 1 && shape.size(axis) == node.size(axis)) {
        axis++;
      }
      int from = after.offset() / dense.stride(axis);
      return cut(axis, from, from + node.size(axis), false);
    }
    if (op instanceof StepOf step) {
      return cut(0, step.t(), step.t() + 1, true);
    }
    return Axes.of(own.all(), operands);
  }

  private Axis transposed(Layout before, Layout after, int axis) {
    for (int i = 0; i < operands.get(0).all().size(); i++) {
      if (before.shape().size(i) > 1 && before.stride(i) == after.stride(axis)) {
        return node.size(axis) == 1 ? Axis.of(Of.SAME, 1) : operands.get(0).get(i);
      }
    }
    return Axis.of(Of.SAME, node.size(axis));
  }

  private Axes cut(int axis, int from, int to, boolean removed) {
    Axes own = operands.get(0);
    List<Axis> all = new ArrayList<>(own.all());
    Axis part = own.get(axis).part(from, to);
    all.set(axis, part);
    if (removed && !part.equals(Axis.LOST)) {
      all.remove(axis);
    }
    return Axes.of(all, operands).at(own.get(axis).step(from, to, Axes.NONE));
  }

  private List<Axis> folded(AxesOp fold) {
    List<Axis> left = new ArrayList<>();
    List<Axis> own = operands.get(0).all();
    boolean keeps = node.shape().rank() == own.size();
    for (int i = 0; i < own.size(); i++) {
      if (!fold.folds(i)) {
        left.add(own.get(i));
      } else if (keeps) {
        left.add(Axis.of(Of.SAME, 1));
      }
    }
    return left;
  }

  /** Along a new axis are time steps where each operand reads another one. */
  private Axes stacked(int axis) {
    List<Axis> all = new ArrayList<>(operands.get(0).all());
    for (Axes operand : operands) {
      for (int i = 0; i < all.size(); i++) {
        all.set(i, all.get(i).with(operand.get(i)));
      }
    }
    boolean alike = new HashSet<>(node.operands()).size() == 1;
    boolean stepwise = areAtOtherSteps(operands);
    int count = node.operands().size();
    all.add(axis, stepwise ? Axis.someSteps(count) : Axis.of(alike ? Of.SAME : Of.OTHER, count));
    return Axes.of(all, operands);
  }

  /** Returns whether some read time steps directly, and no two of them the same. */
  private static boolean areAtOtherSteps(List<Axes> some) {
    Set<Integer> seen = new HashSet<>();
    int read = 0;
    for (Axes axes : some) {
      if (axes.step() != Axes.NONE) {
        seen.add(axes.step());
        read++;
      }
    }
    return read > 0 && seen.size() == read;
  }

  private Axes joined(int axis) {
    List<Axes> parts = new ArrayList<>();
    List<Axes> single = new ArrayList<>();
    for (int i = 0; i < operands.size(); i++) {
      if (node.operand(i).size(axis) > 0) {
        parts.add(operands.get(i));
      }
      if (axis == 0 && node.operand(i).size(0) == 1) {
        single.add(operands.get(i));
      }
    }
    List<Axis> all = new ArrayList<>(parts.get(0).all());
    for (Axes part : parts) {
      for (int i = 0; i < all.size(); i++) {
        all.set(i, i == axis ? all.get(i) : all.get(i).with(part.get(i)));
      }
    }
    if (parts.size() > 1) {
      all.set(axis, joined(axis, parts, single));
    }
    return Axes.of(all, operands);
  }

  private Axis joined(int axis, List<Axes> parts, List<Axes> single) {
    List<Axis> along = parts.stream().map(part -> part.get(axis)).toList();
    if (along.stream().anyMatch(own -> own.has(Of.N))) {
      return Axis.LOST;
    }
    boolean anySteps = along.stream().anyMatch(own -> own.has(Of.T));
    boolean allSteps =
        along.stream()
            .allMatch(own -> own.pieces().isEmpty() || own.isOf(Of.T) || own.isOf(Of.ANY));
    boolean stepwise = areAtOtherSteps(single);
    if (allSteps && (anySteps || stepwise)) {
      return Axis.someSteps(node.size(axis));
    }
    return Axis.of(anySteps ? Of.MIXED : Of.OTHER, node.size(axis));
  }

  /** What a matrix that does not come from the values makes of features is neither T nor N. */
  private Axes multiplied() {
    Axes a = operands.get(0);
    Axes b = operands.get(1);
    Axis contracted = a.get(-1).with(b.get(-2));
    boolean other = a.get(-1).isOf(Of.ANY) || b.get(-2).isOf(Of.ANY);
    if (contracted.has(Of.LOST) || contracted.has(Of.N) && other) {
      return Axes.lost(node.shape());
    }
    int rank = node.shape().rank();
    boolean batched = b.all().size() == rank;
    List<Axis> all = new ArrayList<>(a.all());
    for (int i = 0; batched && i < rank - 2; i++) {
      all.set(i, a.get(i).with(b.get(i)));
    }
    all.set(rank - 2, made(a.get(-2), contracted));
    all.set(rank - 1, made(b.get(-1), contracted));
    return Axes.of(all, operands);
  }

  private Axis made(Axis own, Axis contracted) {
    if (!own.isOf(Of.ANY)) {
      return own;
    }
    int size = own.pieces().get(0).size();
    boolean mixesSteps = contracted.isOf(Of.T) && size == steps;
    return mixesSteps ? Axis.someSteps(size) : Axis.of(Of.OTHER, size);
  }

  private Axes gathered() {
    Axes table = operands.get(0);
    Axis rows = table.get(0);
    if (rows.has(Of.N)) {
      return Axes.lost(node.shape());
    }
    List<Axis> all = new ArrayList<>(operands.get(1).all());
    if (all.size() == 1 && all.get(0).isOf(Of.ANY) && rows.isOf(Of.T)) {
      all.set(0, Axis.someSteps(node.size(0)));
    }
    all.add(table.get(1).isOf(Of.ANY) ? Axis.of(Of.OTHER, node.size(-1)) : table.get(1));
    return Axes.of(all, operands);
  }
}
