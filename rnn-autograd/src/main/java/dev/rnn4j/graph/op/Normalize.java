package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import java.util.List;

/** (x − μ) / √(σ² + ε), with mean μ and variance σ² of each row: of the last axis. */
public final class Normalize extends RowOp {
  private Normalize(double epsilon) {
    super("normalize", 1, epsilon);
  }

  /** Returns x normalised along its last axis. */
  public static Node of(Node x, double epsilon) {
    return Node.apply(new Normalize(epsilon), x);
  }

  @Override
  void row(double[][] x, int from, int n, double[] y) {
    double mean = mean(x[0], from, n);
    double inverse = inverse(x[0], from, n, mean);
    for (int i = from; i < from + n; i++) {
      y[i] = (x[0][i] - mean) * inverse;
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    return gradients(NormalizeGradient.of(y.operand(0), dy, epsilon()));
  }
}
