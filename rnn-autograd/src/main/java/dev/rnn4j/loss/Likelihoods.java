package dev.rnn4j.loss;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/** The negative logarithms of densities, from predictions that hold several parameters. */
final class Likelihoods {
  /** Half the logarithm of 2π. */
  private static final double HALF_LOG_TWO_PI = 0.5 * StrictMath.log(2 * Math.PI);

  private Likelihoods() {}

  /** Returns ½ (ln v + (y − m)²/v) + ½ ln 2π, v at least epsilon where it is used. */
  static Node gaussian(Node prediction, Node y, double epsilon) {
    List<Node> parts = parts("a mean and a variance", prediction, y, 2);
    Node given = parts.get(1);
    // The value is that of max(v, ε), the gradient that of v: a variance below ε can grow again.
    Node clamped = given.maximum(Node.constant(epsilon)).stopGradient();
    Node v = clamped.plus(given.minus(given.stopGradient()));
    Node square = y.minus(parts.get(0)).square();
    return v.log().plus(square.dividedBy(v)).times(0.5).plus(HALF_LOG_TWO_PI);
  }

  /** Returns the one of {@link #studentT(Node, Node, Node, Node)} with ν in the prediction. */
  static Node studentT(Node prediction, Node y) {
    List<Node> parts = parts("location, scale and degrees of freedom", prediction, y, 3);
    return studentT(parts.get(0), parts.get(1), parts.get(2), y);
  }

  /** Returns the one of {@link #studentT(Node, Node, Node, Node)} with a constant ν. */
  static Node studentT(Node prediction, Node y, double nu) {
    List<Node> parts = parts("a location and a scale", prediction, y, 2);
    return studentT(parts.get(0), parts.get(1), Node.constant(nu), y);
  }

  /** Returns ½(ν+1) ln(1 + ((y−μ)/σ)²/ν) + ln σ + ½ ln(νπ) − ln Γ((ν+1)/2)/Γ(ν/2). */
  private static Node studentT(Node location, Node scale, Node nu, Node y) {
    Node z = y.minus(location).dividedBy(scale);
    Node tail = z.square().dividedBy(nu).plus(1).log().times(nu.plus(1).times(0.5));
    Node constant = nu.times(Math.PI).log().times(0.5).minus(logGammaHalfUp(nu.times(0.5)));
    return tail.plus(scale.log()).plus(constant);
  }

  /**
   * Returns ln Γ(x+½) − ln Γ(x) for x above 0: ½ ln y − 1/8y + 1/192y³ − 1/640y⁵ + … at y = x + 10
   * (Tricomi and Erdélyi, "The asymptotic expansion of a ratio of gamma functions", 1951), and back
   * by Γ(x+1) = x·Γ(x). The difference of both logarithms would have no digits left at a large x.
   */
  private static Node logGammaHalfUp(Node x) {
    Node y = x.plus(10);
    Node i = Node.constant(1).dividedBy(y);
    Node square = i.square();
    double[] series = {
      691 / 180224.0, -31 / 18432.0, 17 / 14336.0, -1 / 640.0, 1 / 192.0, -1 / 8.0
    };
    Node sum = Node.constant(0);
    for (double coefficient : series) {
      sum = sum.times(square).plus(coefficient);
    }
    Node steps = Node.constant(1);
    for (int k = 0; k < 10; k++) {
      steps = steps.times(x.plus(k + 0.5).dividedBy(x.plus(k)));
    }
    return y.log().times(0.5).plus(sum.times(i)).minus(steps.log());
  }

  /**
   * Takes a prediction apart: {@code [..., count·O]} beside a target {@code [..., O]}, the first O
   * first, or {@code [..., count]} beside {@code [...]}.
   */
  private static List<Node> parts(String what, Node prediction, Node y, int count) {
    Shape shape = prediction.shape();
    if (shape.rank() > 0 && shape.size(-1) == count && shape.without(-1).equals(y.shape())) {
      return prediction.split(-1, count).stream().map(part -> part.reshape(y.shape())).toList();
    }
    boolean fits = shape.rank() > 0 && y.shape().rank() == shape.rank();
    if (!fits || !shape.equals(y.shape().with(-1, count * y.size(-1)))) {
      throw Misfit.of(
          Misfit.named(prediction)
              + " must hold "
              + what
              + " for each number of the target "
              + y
              + ": [..., "
              + count
              + "·O] for [..., O], or [..., "
              + count
              + "] for [...]",
          prediction,
          y);
    }
    return prediction.split(-1, count);
  }
}
