package dev.rnn4j.usage;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** a / (1 + |a|), a primitive of a user's own; the gradient is dy / (1 + |a|)². */
public final class Softsign extends Op {
  private static final Softsign OP = new Softsign();

  public static Node of(Node a) {
    return Node.apply(OP, a);
  }

  @Override
  public String name() {
    return "softsign";
  }

  @Override
  public boolean hasIndependentRows() {
    return true;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = x[0][i] / (1 + Math.abs(x[0][i]));
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.dividedBy(y.operand(0).abs().plus(1).square()));
  }
}
