package dev.rnn4j.graph.op;

import dev.rnn4j.graph.Node;
import java.util.List;

/**
 * (g − mean(g) − x̂·mean(g⊙x̂))·r, with x̂ the normalised x and r = 1 / √(σ² + ε): the gradient of
 * {@link Normalize} from its operand x and the upstream gradient g.
 */
public final class NormalizeGradient extends RowOp {
  private NormalizeGradient(double epsilon) {
    super("normalizeGradient", 2, epsilon);
  }

  static Node of(Node x, Node g, double epsilon) {
    return Node.apply(new NormalizeGradient(epsilon), x, g);
  }

  @Override
  void row(double[][] x, int from, int n, double[] y) {
    double mean = mean(x[0], from, n);
    double inverse = inverse(x[0], from, n, mean);
    double gMean = mean(x[1], from, n);
    double products = 0;
    for (int i = from; i < from + n; i++) {
      products += (x[0][i] - mean) * x[1][i] / n;
    }
    double slope = inverse * inverse * products;
    for (int i = from; i < from + n; i++) {
      y[i] = (x[1][i] - gMean - (x[0][i] - mean) * slope) * inverse;
    }
  }

  @Override
  public boolean vanishes(boolean[] absent) {
    return absent[1];
  }

  /**
   * In g this is linear and its own transpose. In x it depends on x̂ and on r: with upstream
   * gradient v, Σ v⊙y has the derivatives −r·(v·mean(g⊙x̂) + g·mean(v⊙x̂)) and Σ v⊙y / r, and r
   * itself has −r²·x̂ / n.
   */
  @Override
  public List<Node> gradient(Node y, Node v) {
    Node x = y.operand(0);
    Node g = y.operand(1);
    Node normalized = Normalize.of(x, epsilon());
    Node variance = x.minus(x.meanKeeping(-1)).square().meanKeeping(-1);
    Node inverse = Node.constant(1).dividedBy(variance.plus(epsilon()).sqrt());
    Node bend =
        v.times(g.times(normalized).meanKeeping(-1))
            .plus(g.times(v.times(normalized).meanKeeping(-1)))
            .times(inverse)
            .negate();
    Node stretch = normalized.times(inverse).times(v.times(y).meanKeeping(-1));
    return gradients(of(x, bend, epsilon()).minus(stretch), of(x, v, epsilon()));
  }
}
