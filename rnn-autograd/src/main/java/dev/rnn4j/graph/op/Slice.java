package dev.rnn4j.graph.op;

import com.google.common.primitives.Ints;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Layout;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** A part of one axis; the gradient is padded with zeros. */
public final class Slice extends ViewOp {
  private final int axis;
  private final int from;
  private final int to;

  private Slice(int axis, int from, int to) {
    this.axis = axis;
    this.from = from;
    this.to = to;
  }

  /** Returns the op that takes {@code from} up to, not including, {@code to} of an axis of x. */
  public static Slice of(Node x, int axis, int from, int to) {
    return new Slice(x.shape().axis(axis), from, to);
  }

  @Override
  protected Object attributes() {
    return Ints.asList(axis, from, to);
  }

  @Override
  public String name() {
    return "slice";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Node x = operands.get(0);
    int size = x.size(axis);
    if (from < 0 || to < from || to > size) {
      throw new ShapeException(
          x + " has no part " + from + " to " + to + " of axis " + axis + ": its size is " + size);
    }
    return x.shape().with(axis, to - from);
  }

  @Override
  public Optional<Layout> view(Node node, Layout operand) {
    return Optional.of(operand.sliced(axis, from, to - from));
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Shape whole = y.operand(0).shape();
    List<Node> parts = new ArrayList<>();
    if (from > 0) {
      parts.add(nothing(whole.with(axis, from)));
    }
    parts.add(dy);
    if (to < whole.size(axis)) {
      parts.add(nothing(whole.with(axis, whole.size(axis) - to)));
    }
    return gradients(parts.size() == 1 ? dy : Node.concat(axis, parts));
  }
}
