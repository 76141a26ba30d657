package dev.rnn4j.testing;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** a³, an op that no kernel knows: plans call it. */
public final class Cube extends Op {
  @Override
  public String name() {
    return "cube";
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = x[0][i] * x[0][i] * x[0][i];
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(y.operand(0).square().times(3).times(dy));
  }
}
