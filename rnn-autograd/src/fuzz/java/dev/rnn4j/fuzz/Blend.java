package dev.rnn4j.fuzz;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.function.IntPredicate;

/** a·(b + 1/2), an op as users write them. */
public final class Blend extends Op {
  private final boolean batches;

  /** Creates the op, which may say that it batches over time. */
  public Blend(boolean batches) {
    this.batches = batches;
  }

  @Override
  public String name() {
    return "blend";
  }

  @Override
  protected Object attributes() {
    return batches;
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public boolean batches(Node node, IntPredicate moves) {
    return batches;
  }

  @Override
  public boolean hasIndependentRows() {
    return batches;
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[0];
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < node.shape().elements(); i++) {
      y[i] = x[0][i] * (x[1][i] + 0.5);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(Node.apply(this, dy, y.operand(1)), dy.times(y.operand(0)));
  }
}
