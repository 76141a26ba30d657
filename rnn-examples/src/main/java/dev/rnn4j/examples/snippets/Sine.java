package dev.rnn4j.examples.snippets;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;

// [block
/** sin(x + φ); the gradient is sin(x + φ + π/2)·dy. */
public final class Sine extends Op {
  private final double phase;

  private Sine(double phase) {
    this.phase = phase;
  }

  /** Returns sin x. */
  public static Node of(Node x) {
    return Node.apply(new Sine(0), x);
  }

  @Override
  public String name() {
    return "sine";
  }

  @Override
  protected Object attributes() {
    return phase;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Math.sin(x[0][i] + phase);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.times(Node.apply(new Sine(phase + Math.PI / 2), y.operand(0))));
  }
}
// block]
