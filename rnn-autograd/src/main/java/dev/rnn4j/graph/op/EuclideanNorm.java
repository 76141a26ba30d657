package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * The root of the sum of the squares of all elements of all operands but the first, which is that
 * sum. Where the sum is out of a precision's range, in float32 for a norm of 10²⁰ already, the norm
 * need not be: the elements are then divided by a power of two first, which changes no bit of
 * others.
 */
public final class EuclideanNorm extends Op {
  private static final EuclideanNorm OP = new EuclideanNorm();

  private EuclideanNorm() {}

  /** Returns the norm over all elements of all nodes, a scalar. */
  public static Node of(List<Node> nodes) {
    List<Node> operands = new ArrayList<>();
    operands.add(Node.sum(nodes.stream().map(x -> x.square().sum()).toList()));
    operands.addAll(nodes);
    return Node.apply(OP, operands);
  }

  @Override
  public String name() {
    return "norm";
  }

  @Override
  public Shape shape(List<Node> operands) {
    return Shape.scalar();
  }

  @Override
  public boolean differentiable(int operand) {
    return operand > 0;
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    y[0] = norm(x);
  }

  private static double norm(double[][] x) {
    double largest = 0;
    for (int i = 1; i < x.length; i++) {
      for (double value : x[i]) {
        largest = Math.max(largest, Math.abs(value));
      }
    }
    if (!(largest > 0 && largest < Double.POSITIVE_INFINITY)) {
      return largest;
    }
    int exponent = Math.getExponent(largest);
    double scale = Math.scalb(1.0, -exponent);
    double sum = 0;
    for (int i = 1; i < x.length; i++) {
      for (double value : x[i]) {
        sum += value * scale * (value * scale);
      }
    }
    return Math.scalb(Math.sqrt(sum), exponent);
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node share = dy.dividedBy(y);
    List<Node> gradients = new ArrayList<>(Collections.singletonList(null));
    y.operands().stream().skip(1).forEach(x -> gradients.add(x.times(share)));
    return gradients;
  }
}
