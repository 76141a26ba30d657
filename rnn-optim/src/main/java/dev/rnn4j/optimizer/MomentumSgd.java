package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Stochastic gradient descent with momentum μ in PyTorch's form: v ← μ·v + (1 − d)·g with dampening
 * d, p ← p − η·v; the first update has v = g. {@linkplain #nesterov Nesterov's} form of it is p ← p
 * − η·(g + μ·v) with the new v.
 *
 * <p>{@link Sgd#momentum} keeps η inside of v: both are equal as long as η is. Where a schedule
 * changes η, this one changes all of the step at once, and the other one the part that is new.
 *
 * <pre>{@code
 * MomentumSgd.rate(1e-2).momentum(0.8).dampening(0.3)
 * }</pre>
 */
public final class MomentumSgd extends PathOptimizer<MomentumSgd> {
  private static final String VELOCITY = "velocity";

  private final double momentum;
  private final double dampening;
  private final boolean nesterov;

  private MomentumSgd(Settings settings, double momentum, double dampening, boolean nesterov) {
    super(settings);
    this.momentum = checkFraction("momentum", momentum);
    checkArgument(dampening >= 0 && dampening <= 1, "the dampening %s is not in [0, 1]", dampening);
    this.dampening = dampening;
    this.nesterov = nesterov;
  }

  /** Returns gradient descent with a learning rate, momentum 0.9 and no dampening. */
  public static MomentumSgd rate(double rate) {
    return new MomentumSgd(Settings.of(rate, 0), 0.9, 0, false);
  }

  /** Returns this with momentum μ, 0 ≤ μ &lt; 1. */
  public MomentumSgd momentum(double newMomentum) {
    return new MomentumSgd(settings(), newMomentum, dampening, nesterov);
  }

  /** Returns this with dampening d, 0 ≤ d ≤ 1, from the second update on. */
  public MomentumSgd dampening(double newDampening) {
    return new MomentumSgd(settings(), momentum, newDampening, nesterov);
  }

  /** Returns this in Nesterov's form. */
  public MomentumSgd nesterov() {
    return new MomentumSgd(settings(), momentum, dampening, true);
  }

  @Override
  protected MomentumSgd with(Settings settings) {
    return new MomentumSgd(settings, momentum, dampening, nesterov);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of(VELOCITY, parameter));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        rateScalar(),
        new Scalar("momentum", moment -> moment.momentum(momentum)),
        new Scalar("take", moment -> moment.update() == 0 ? 1 : 1 - dampening));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node mu = scalars.get("momentum");
    Node v = slots.get(VELOCITY).times(mu).plus(gradient.times(scalars.get("take")));
    Node d = nesterov ? gradient.plus(v.times(mu)) : v;
    return Update.to(value.minus(d.times(scalars.get("rate")))).slot(VELOCITY, v);
  }

  @Override
  public String toString() {
    return show(
        "MomentumSGD",
        (nesterov ? " nesterov " : " momentum ")
            + momentum
            + (dampening > 0 ? " dampening " + dampening : ""));
  }
}
