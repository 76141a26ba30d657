package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Adagrad (Duchi et al., "Adaptive subgradient methods for online learning and stochastic
 * optimization", 2011) with learning rate η: s ← s + g², p ← p − η/(1 + u·δ) · g / (√s + ε), where
 * u is the number of the update, from 0.
 *
 * <pre>{@code
 * Adagrad.rate(0.1).rateDecay(0.05)
 * }</pre>
 */
public final class Adagrad extends PathOptimizer<Adagrad> {
  private static final double USUAL_EPSILON = 1e-10;
  private static final String SUM = "sumOfSquares";

  private final double rateDecay;
  private final double initial;
  private final double epsilon;

  private Adagrad(Settings settings, double rateDecay, double initial, double epsilon) {
    super(settings);
    this.rateDecay = checkNotNegative("decay δ of the rate", rateDecay);
    this.initial = checkNotNegative("first sum of squares", initial);
    this.epsilon = checkNotNegative("ε", epsilon);
  }

  /** Returns Adagrad with a learning rate, δ = 0, s = 0 at first, and ε = 1e-10. */
  public static Adagrad rate(double rate) {
    return new Adagrad(Settings.of(rate, 0), 0, 0, USUAL_EPSILON);
  }

  /** Returns this with a decay δ of the rate. */
  public Adagrad rateDecay(double newRateDecay) {
    return new Adagrad(settings(), newRateDecay, initial, epsilon);
  }

  /** Returns this with another sum of squares to begin with. */
  public Adagrad initialSum(double newInitial) {
    return new Adagrad(settings(), rateDecay, newInitial, epsilon);
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public Adagrad epsilon(double newEpsilon) {
    return new Adagrad(settings(), rateDecay, initial, newEpsilon);
  }

  @Override
  protected Adagrad with(Settings settings) {
    return new Adagrad(settings, rateDecay, initial, epsilon);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(new Slot(SUM, parameter, initial));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        new Scalar("step", moment -> moment.rate(rate()) / (1 + moment.update() * rateDecay)));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node sum = slots.get(SUM).plus(gradient.square());
    Node root = sum.sqrt().plus(epsilon);
    return Update.to(value.minus(gradient.times(scalars.get("step")).dividedBy(root)))
        .slot(SUM, sum);
  }

  @Override
  public String toString() {
    return show(
        "Adagrad",
        (rateDecay > 0 ? " rate decay " + rateDecay : "")
            + (initial > 0 ? " initial sum " + initial : "")
            + (epsilon == USUAL_EPSILON ? "" : " epsilon " + epsilon));
  }
}
