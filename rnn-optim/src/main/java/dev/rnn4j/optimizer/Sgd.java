package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Stochastic gradient descent with learning rate η: p ← p − η·g; with {@linkplain #momentum
 * momentum} μ, v ← μ·v − η·g and p ← p + v; with {@linkplain #nesterov Nesterov's} form of it
 * (Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013), p
 * ← p + μ·v − η·g with the new v. {@linkplain #weightDecay Weight decay} λ takes g + λ·p for g.
 * {@link MomentumSgd} is PyTorch's form of momentum, with η outside of v.
 *
 * <pre>{@code
 * Sgd.rate(1e-2).momentum(0.9).rate("rnn.cell.gate.weightHh", 6e-4)
 * }</pre>
 */
public final class Sgd extends PathOptimizer<Sgd> {
  private static final String VELOCITY = "velocity";

  private final double momentum;
  private final boolean nesterov;

  private Sgd(Settings settings, double momentum, boolean nesterov) {
    super(settings);
    this.momentum = checkFraction("momentum", momentum);
    this.nesterov = nesterov;
  }

  /** Returns plain gradient descent with a learning rate. */
  public static Sgd rate(double rate) {
    return new Sgd(Settings.of(rate, 0), 0, false);
  }

  /** Returns this with momentum μ, 0 ≤ μ &lt; 1. */
  public Sgd momentum(double newMomentum) {
    return new Sgd(settings(), newMomentum, false);
  }

  /** Returns this with Nesterov momentum μ, 0 ≤ μ &lt; 1. */
  public Sgd nesterov(double newMomentum) {
    return new Sgd(settings(), newMomentum, true);
  }

  @Override
  protected Sgd with(Settings settings) {
    return new Sgd(settings, momentum, nesterov);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return momentum > 0 ? List.of(Slot.of(VELOCITY, parameter)) : List.of();
  }

  @Override
  protected List<Scalar> stepScalars() {
    Scalar mu = new Scalar("momentum", moment -> moment.momentum(momentum));
    return momentum > 0 ? List.of(rateScalar(), mu) : List.of(rateScalar());
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node step = gradient.times(scalars.get("rate"));
    if (momentum == 0) {
      return Update.to(value.minus(step));
    }
    Node mu = scalars.get("momentum");
    Node v = slots.get(VELOCITY).times(mu).minus(step);
    Node moved = nesterov ? value.plus(v.times(mu)).minus(step) : value.plus(v);
    return Update.to(moved).slot(VELOCITY, v);
  }

  @Override
  public String toString() {
    String kind = nesterov ? " nesterov " : " momentum ";
    return show("SGD", momentum > 0 ? kind + momentum : "");
  }
}
