package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.kernel.Trigonometry;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * cos(a + φ); the gradient is cos(a + φ + π/2)·dy. For few numbers: it has no kernel of its own.
 */
public final class Cosine extends Op {
  private final double phase;

  private Cosine(double phase) {
    this.phase = phase;
  }

  /** Returns cos a. */
  public static Node cos(Node a) {
    return Node.apply(new Cosine(0), a);
  }

  /** Returns sin a. */
  public static Node sin(Node a) {
    return Node.apply(new Cosine(-Math.PI / 2), a);
  }

  @Override
  public String name() {
    return "cos";
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
    return phase;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = Trigonometry.cos(x[0][i] + phase);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(dy.times(Node.apply(new Cosine(phase + Math.PI / 2), y.operand(0))));
  }
}
