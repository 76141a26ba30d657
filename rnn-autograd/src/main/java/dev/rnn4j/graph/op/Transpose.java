package dev.rnn4j.graph.op;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Axes in another order; the gradient goes back by the inverse order. */
public final class Transpose extends ViewOp {
  private final int[] axes;

  private Transpose(int... axes) {
    this.axes = axes;
  }

  /** Returns the op by which axis i of the result is axis {@code axes[i]} of x. */
  public static Transpose of(Node x, int... axes) {
    int rank = x.shape().rank();
    return new Transpose(Arrays.stream(axes).map(i -> i < 0 ? i + rank : i).toArray());
  }

  /** Returns the op that swaps the last two axes of a node. */
  public static Transpose lastTwo(Node node) {
    int rank = Math.max(2, node.shape().rank()); // shape() refuses fewer axes
    int[] axes = new int[rank];
    Arrays.setAll(axes, i -> i < rank - 2 ? i : 2 * rank - 3 - i);
    return new Transpose(axes);
  }

  @Override
  protected Object attributes() {
    return Ints.asList(axes);
  }

  @Override
  public String name() {
    return "transpose";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    int[] sorted = axes.clone();
    Arrays.sort(sorted);
    boolean each = sorted.length == x.shape().rank();
    for (int i = 0; i < sorted.length; i++) {
      each &= sorted[i] == i;
    }
    if (!each) {
      throw new ShapeException(
          x + " cannot be transposed by " + Arrays.toString(axes) + ": name each of its axes once");
    }
    return Layout.dense(x.shape()).transposed(axes).shape();
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return Optional.of(operand.transposed(axes));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    int[] inverse = new int[axes.length];
    for (int i = 0; i < axes.length; i++) {
      inverse[axes[i]] = i;
    }
    return gradients(dy.transpose(inverse));
  }
}
