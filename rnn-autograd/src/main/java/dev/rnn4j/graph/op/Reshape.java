package dev.rnn4j.graph.op;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** The same elements in order, in another shape. */
public final class Reshape extends ViewOp {
  private final int[] sizes;

  private Reshape(int[] sizes) {
    this.sizes = sizes;
  }

  /** Returns the op that gives {@code x} these sizes; one may be −1: what remains. */
  public static Reshape of(Node x, int... sizes) {
    int[] known = sizes.clone();
    int open = -1;
    int rest = 1;
    for (int i = 0; i < sizes.length; i++) {
      if (sizes[i] == -1 && open < 0) {
        open = i;
      } else {
        rest *= sizes[i];
      }
    }
    if (open >= 0 && rest > 0 && x.shape().elements() % rest == 0) {
      known[open] = x.shape().elements() / rest;
    }
    return new Reshape(known);
  }

  @Override
  protected Object attributes() {
    return Ints.asList(sizes);
  }

  @Override
  public String name() {
    return "reshape";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    boolean fits = Arrays.stream(sizes).allMatch(size -> size >= 0);
    if (!fits || Shape.of(sizes).elements() != x.shape().elements()) {
      throw new ShapeException(
          x
              + " has "
              + x.shape().elements()
              + " elements, which do not fit "
              + Arrays.toString(sizes));
    }
    return Shape.of(sizes);
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return operand.reshaped(node.shape());
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.reshape(y.operand(0).shape()));
  }
}
