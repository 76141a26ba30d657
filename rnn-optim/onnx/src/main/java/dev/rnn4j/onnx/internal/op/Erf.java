package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Op;
import dev.rnn4j.tensor.Shape;
import java.util.List;
import java.util.function.IntPredicate;

/**
 * The error function 2/√π·∫₀ˣ e^(−t²) dt (Abramowitz and Stegun, "Handbook of Mathematical
 * Functions", 7.1.1): near 0 by its series 7.1.6, farther out by the continued fraction 7.1.14 of
 * what is left to 1.
 */
public final class Erf extends Op {
  private static final Erf OP = new Erf();
  private static final double SERIES = 2.5;
  private static final double ONE = 6;
  private static final int TERMS = 60;

  private Erf() {}

  /** Returns erf(x). */
  public static Node of(Node x) {
    return Node.apply(OP, x);
  }

  static double erf(double x) {
    double size = Math.abs(x);
    double y;
    if (size < SERIES) {
      double term = size;
      y = size;
      for (int n = 1; n < TERMS; n++) {
        term *= 2 * size * size / (2 * n + 1);
        y += term;
      }
      y *= 2 / Math.sqrt(Math.PI) * Math.exp(-size * size);
    } else if (size < ONE) {
      double fraction = 0;
      for (int n = TERMS; n > 0; n--) {
        fraction = n / 2.0 / (size + fraction);
      }
      y = 1 - Math.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction);
    } else {
      y = size >= ONE ? 1 : Double.NaN;
    }
    return Math.copySign(y, x);
  }

  @Override
  public String name() {
    return "erf";
  }

  @Override
  public Shape shape(List<Node> operands) {
    return operands.get(0).shape();
  }

  @Override
  public void forward(Node node, double[][] x, double[] y) {
    for (int i = 0; i < y.length; i++) {
      y[i] = erf(x[0][i]);
    }
  }

  @Override
  public List<Node> gradient(Node y, Node dy) {
    Node slope = y.operand(0).square().negate().exp().times(2 / Math.sqrt(Math.PI));
    return gradients(dy.times(slope));
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
    return name();
  }
}
