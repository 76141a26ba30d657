package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Adadelta (Zeiler, "ADADELTA: an adaptive learning rate method", 2012) with learning rate η: v ←
 * ρ·v + (1−ρ)·g², d = g·√(u + ε)/√(v + ε), u ← ρ·u + (1−ρ)·d², p ← p − η·d. The paper has η = 1.
 *
 * <pre>{@code
 * Adadelta.rate(1).decay(0.95)
 * }</pre>
 */
public final class Adadelta extends PathOptimizer<Adadelta> {
  private static final double USUAL_DECAY = 0.9;
  private static final double USUAL_EPSILON = 1e-6;
  private static final String OF_GRADIENTS = "meanSquareOfGradients";
  private static final String OF_STEPS = "meanSquareOfSteps";

  private final double decay;
  private final double epsilon;

  private Adadelta(Settings settings, double decay, double epsilon) {
    super(settings);
    this.decay = checkFraction("decay ρ", decay);
    this.epsilon = checkNotNegative("ε", epsilon);
  }

  /** Returns Adadelta with a learning rate, ρ = 0.9 and ε = 1e-6. */
  public static Adadelta rate(double rate) {
    return new Adadelta(Settings.of(rate, 0), USUAL_DECAY, USUAL_EPSILON);
  }

  /** Returns this with another decay ρ of both means, in [0, 1). */
  public Adadelta decay(double newDecay) {
    return new Adadelta(settings(), newDecay, epsilon);
  }

  /** Returns this with another ε, which the first steps depend on. */
  public Adadelta epsilon(double newEpsilon) {
    return new Adadelta(settings(), decay, newEpsilon);
  }

  @Override
  protected Adadelta with(Settings settings) {
    return new Adadelta(settings, decay, epsilon);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of(OF_GRADIENTS, parameter), Slot.of(OF_STEPS, parameter));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(rateScalar());
  }

  private Node mean(Node past, Node x) {
    return past.times(decay).plus(x.square().times(1 - decay));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node u = slots.get(OF_STEPS);
    Node v = mean(slots.get(OF_GRADIENTS), gradient);
    Node d = gradient.times(u.plus(epsilon).sqrt()).dividedBy(v.plus(epsilon).sqrt());
    return Update.to(value.minus(d.times(scalars.get("rate"))))
        .slot(OF_GRADIENTS, v)
        .slot(OF_STEPS, mean(u, d));
  }

  @Override
  public String toString() {
    return show(
        "Adadelta",
        (decay == USUAL_DECAY ? "" : " decay " + decay)
            + (epsilon == USUAL_EPSILON ? "" : " epsilon " + epsilon));
  }
}
