package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * RMSProp (Tieleman and Hinton, "Neural networks for machine learning", lecture 6.5, 2012) with
 * learning rate η: v ← α·v + (1−α)·g², p ← p − η·g / (√v + ε).
 *
 * <ul>
 *   <li>{@linkplain #centered Centered} (Graves, "Generating sequences with recurrent neural
 *       networks", 2013), a ← α·a + (1−α)·g too, and √(v − a²) stands for √v;
 *   <li>with {@linkplain #momentum momentum} μ, b ← μ·b + g / (√v + ε) and p ← p − η·b.
 * </ul>
 *
 * <pre>{@code
 * RmsProp.rate(1e-2).decay(0.95).centered().momentum(0.9)
 * }</pre>
 */
public final class RmsProp extends PathOptimizer<RmsProp> {
  private static final double USUAL_DECAY = 0.99;
  private static final double USUAL_EPSILON = 1e-8;
  private static final String SQUARES = "meanSquare";
  private static final String MEAN = "mean";
  private static final String VELOCITY = "velocity";

  private final double decay;
  private final double epsilon;
  private final boolean centered;
  private final double momentum;

  private RmsProp(
      Settings settings, double decay, double epsilon, boolean centered, double momentum) {
    super(settings);
    this.decay = checkFraction("decay α", decay);
    this.epsilon = checkNotNegative("ε", epsilon);
    this.centered = centered;
    this.momentum = checkFraction("momentum", momentum);
  }

  /** Returns RMSProp with a learning rate, α = 0.99, ε = 1e-8 and no momentum. */
  public static RmsProp rate(double rate) {
    return new RmsProp(Settings.of(rate, 0), USUAL_DECAY, USUAL_EPSILON, false, 0);
  }

  /** Returns this with another decay α of the means, in [0, 1). */
  public RmsProp decay(double newDecay) {
    return new RmsProp(settings(), newDecay, epsilon, centered, momentum);
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public RmsProp epsilon(double newEpsilon) {
    return new RmsProp(settings(), decay, newEpsilon, centered, momentum);
  }

  /** Returns this divided by the standard deviation of gradients, not by their mean square. */
  public RmsProp centered() {
    return new RmsProp(settings(), decay, epsilon, true, momentum);
  }

  /** Returns this with momentum μ, 0 ≤ μ &lt; 1. */
  public RmsProp momentum(double newMomentum) {
    return new RmsProp(settings(), decay, epsilon, centered, newMomentum);
  }

  @Override
  protected RmsProp with(Settings settings) {
    return new RmsProp(settings, decay, epsilon, centered, momentum);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.of(SQUARES, parameter));
    if (centered) {
      slots.add(Slot.of(MEAN, parameter));
    }
    if (momentum > 0) {
      slots.add(Slot.of(VELOCITY, parameter));
    }
    return slots;
  }

  @Override
  protected List<Scalar> stepScalars() {
    Scalar mu = new Scalar("momentum", moment -> moment.momentum(momentum));
    return momentum > 0 ? List.of(rateScalar(), mu) : List.of(rateScalar());
  }

  private Node mean(Node past, Node x) {
    return past.times(decay).plus(x.times(1 - decay));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node v = mean(slots.get(SQUARES), gradient.square());
    Node a = centered ? mean(slots.get(MEAN), gradient) : null;
    // Rounding must not make a variance of 0 negative.
    Node variance = centered ? v.minus(a.square()).maximum(Node.constant(0)) : v;
    Node d = gradient.dividedBy(variance.sqrt().plus(epsilon));
    Node b = momentum > 0 ? slots.get(VELOCITY).times(scalars.get("momentum")).plus(d) : d;
    Update update = Update.to(value.minus(b.times(scalars.get("rate")))).slot(SQUARES, v);
    update = centered ? update.slot(MEAN, a) : update;
    return momentum > 0 ? update.slot(VELOCITY, b) : update;
  }

  @Override
  public String toString() {
    return show(
        "RMSProp",
        (decay == USUAL_DECAY ? "" : " decay " + decay)
            + (epsilon == USUAL_EPSILON ? "" : " epsilon " + epsilon)
            + (centered ? " centered" : "")
            + (momentum > 0 ? " momentum " + momentum : ""));
  }
}
