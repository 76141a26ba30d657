package dev.rnn4j.graph.op;

import com.google.common.primitives.Booleans;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntPredicate;

/** An op that folds some axes of its operand into one number each. */
public abstract class AxesOp extends BuiltIn {
  private final boolean[] folded;
  private final boolean keep;

  AxesOp(boolean[] folded, boolean keep) {
    this.folded = folded;
    this.keep = keep;
  }

  static boolean[] fold(Node x, int... axes) {
    boolean[] folded = new boolean[x.shape().rank()];
    for (int axis : axes) {
      folded[x.shape().axis(axis)] = true;
    }
    return folded;
  }

  static boolean[] foldAll(Node x) {
    boolean[] folded = new boolean[x.shape().rank()];
    Arrays.fill(folded, true);
    return folded;
  }

  /** Returns whether elements are added up. */
  public abstract boolean isSum();

  /** Returns what an empty axis folds to. */
  abstract double initial();

  abstract double fold(double soFar, double next);

  /** Returns whether an axis is folded. */
  public final boolean folds(int axis) {
    return folded[axis];
  }

  /** Returns the operand's shape with folded axes of size 1. */
  public final Shape kept(Node x) {
    int[] sizes = x.shape().toArray();
    for (int axis = 0; axis < sizes.length; axis++) {
      sizes[axis] = folded[axis] ? 1 : sizes[axis];
    }
    return Shape.of(sizes);
  }

  @Override
  final Kind kind() {
    return Kind.FOLD;
  }

  @Override
  protected final Object attributes() {
    return List.of(Booleans.asList(folded), keep);
  }

  @Override
  public final boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  public final Shape shape(List<Node> operands) {
    Shape kept = kept(operands.get(0));
    if (keep) {
      return kept;
    }
    Shape rest = kept;
    for (int axis = folded.length - 1; axis >= 0; axis--) {
      rest = folded[axis] ? rest.without(axis) : rest;
    }
    return rest;
  }

  @Override
  final void visitReads(Node node, double[][] x, IntPredicate of, Reads.Visitor visitor) {
    int[] targets = targets(node);
    double[] y = new double[node.shape().elements()];
    forward(node, x, y);
    for (int i = 0; i < targets.length; i++) {
      if (of.test(targets[i]) && (isSum() || !(x[0][i] < y[targets[i]]))) {
        visitor.visit(targets[i], 0, i);
      }
    }
  }

  @Override
  public final void forward(Node node, double[][] x, double[] y) {
    int[] targets = targets(node);
    Arrays.fill(y, initial());
    for (int i = 0; i < targets.length; i++) {
      y[targets[i]] = fold(y[targets[i]], x[0][i]);
    }
  }

  /** Returns which element of the result each of the operand is folded into. */
  private int[] targets(Node node) {
    Node operand = node.operand(0);
    return Views.positions(Layout.dense(kept(operand)).broadcastTo(operand.shape()));
  }
}
