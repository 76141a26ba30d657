package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.ArrayList;
import java.util.List;

/** Operands joined along an existing axis. */
public final class Concat extends JoinOp {
  /** Creates the op for an axis counted from 0. */
  public Concat(int axis) {
    super(axis, false);
  }

  @Override
  protected Object attributes() {
    return axis();
  }

  @Override
  public String name() {
    return "concat";
  }

  @Override
  public Shape shape(List<Node> operands) {
    Shape first = operands.get(0).shape();
    int size = 0;
    for (Node operand : operands) {
      Shape shape = operand.shape();
      if (shape.rank() != first.rank() || !shape.with(axis(), 0).equals(first.with(axis(), 0))) {
        throw new ShapeException(
            operands.get(0) + " and " + operand + " differ in another axis than " + axis());
      }
      size += shape.size(axis());
    }
    return first.with(axis(), size);
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    int outer = 1;
    for (int i = 0; i < axis(); i++) {
      outer *= node.size(i);
    }
    int position = 0;
    for (int row = 0; row < outer; row++) {
      for (double[] part : x) {
        int length = part.length / outer;
        System.arraycopy(part, row * length, y, position, length);
        position += length;
      }
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    List<Node> parts = new ArrayList<>();
    int from = 0;
    for (Node operand : y.operands()) {
      parts.add(dy.slice(axis(), from, from + operand.size(axis())));
      from += operand.size(axis());
    }
    return parts;
  }
}
