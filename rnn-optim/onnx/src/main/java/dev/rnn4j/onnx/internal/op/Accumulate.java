package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;
import java.util.List;

/** Adds rows up in the places that they are given; the gradient is gathered from there. */
public final class Accumulate extends Op {
  private final int rows;

  private Accumulate(int rows) {
    this.rows = rows;
  }

  /**
   * Returns sums of rows.
   *
   * @param rows a matrix
   * @param places where each of its rows goes
   * @param count the number of rows of the result
   */
  public static Node of(Node rows, Node places, int count) {
    return Node.apply(new Accumulate(count), rows, places);
  }

  @Override
  public String name() {
    return "accumulate";
  }

  @Override
  protected Object attributes() {
    return rows;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape().with(0, rows);
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    int columns = node.size(1);
    Arrays.fill(y, 0);
    for (int i = 0; i < x[0].length; i++) {
      y[(int) x[1][i / columns] * columns + i % columns] += x[0][i];
    }
  }

  @Override
  public boolean differentiable(int operand) {
    return operand == 0;
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return Arrays.asList(dy.gather(y.operand(1)), null);
  }
}
