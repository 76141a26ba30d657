package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntPredicate;
import java.util.function.UnaryOperator;

/** A function of numbers, whose slope is written as nodes. */
public final class Curve extends Op {
  private final String name;
  private final DoubleUnaryOperator function;
  private final UnaryOperator<Node> slope;

  private Curve(String name, DoubleUnaryOperator function, UnaryOperator<Node> slope) {
    this.name = name;
    this.function = function;
    this.slope = slope;
  }

  /**
   * Returns the function that goes element by element.
   *
   * @param name stands for this function and no other
   * @param slope makes of x the derivative at x
   */
  public static UnaryOperator<Node> of(
      String name, DoubleUnaryOperator function, UnaryOperator<Node> slope) {
    Curve curve = new Curve(name, function, slope);
    return x -> Node.apply(curve, x);
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = function.applyAsDouble(x[0][i]);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return List.of(dy.times(slope.apply(y.operand(0))));
  }

  @Override
  public boolean hasIndependentRows() {
    return true;
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return true;
  }

  @Override
  protected Object attributes() {
    return name;
  }
}
