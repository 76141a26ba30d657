package dev.rnn4j.onnx.internal.op;

import dev.rnn4j.graph.Node;
import java.util.function.UnaryOperator;

/**
 * The error function 2/√π·∫₀ˣ e^(−t²) dt (Abramowitz and Stegun, "Handbook of Mathematical
 * Functions", 7.1.1): near 0 by its series 7.1.6, farther out by the continued fraction 7.1.14 of
 * what is left to 1.
 */
public final class Erf {
  private static final double SERIES = 2.5;
  private static final double ONE = 6;
  private static final int TERMS = 60;

  private static final UnaryOperator<Node> CURVE =
      Curve.of("erf", Erf::erf, x -> x.square().negate().exp().times(2 / Math.sqrt(Math.PI)));

  private Erf() {}

  /** Returns erf(x). */
  public static Node of(Node x) {
    return CURVE.apply(x);
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
      y *= 2 / Math.sqrt(Math.PI) * StrictMath.exp(-size * size);
    } else if (size < ONE) {
      double fraction = 0;
      for (int n = TERMS; n > 0; n--) {
        fraction = n / 2.0 / (size + fraction);
      }
      y = 1 - StrictMath.exp(-size * size) / Math.sqrt(Math.PI) / (size + fraction);
    } else {
      y = size >= ONE ? 1 : Double.NaN;
    }
    return Math.copySign(y, x);
  }
}
