package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Adamax (Kingma and Ba, "Adam: a method for stochastic optimization", 2015, section 7.1) with
 * learning rate η: m ← β₁·m + (1−β₁)·g, u ← max(β₂·u, |g| + ε), p ← p − η/(1−β₁ᵗ) · m / u, where t
 * is the number of the update, from 1.
 *
 * <pre>{@code
 * Adamax.rate(2e-3).betas(0.9, 0.99)
 * }</pre>
 */
public final class Adamax extends PathOptimizer<Adamax> {
  private static final String NORM = "infinityNorm";

  private final Moments moments;

  private Adamax(Settings settings, Moments moments) {
    super(settings);
    this.moments = moments;
  }

  /** Returns Adamax with a learning rate, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static Adamax rate(double rate) {
    return new Adamax(Settings.of(rate, 0), Moments.DEFAULT);
  }

  /** Returns this with other decays, each in [0, 1). */
  public Adamax betas(double beta1, double beta2) {
    return new Adamax(settings(), moments.betas(beta1, beta2));
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public Adamax epsilon(double epsilon) {
    return new Adamax(settings(), moments.epsilon(epsilon));
  }

  @Override
  protected Adamax with(Settings settings) {
    return new Adamax(settings, moments);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of(Moments.FIRST, parameter), Slot.of(NORM, parameter));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        moments.keep(),
        moments.take(),
        new Scalar("step", moment -> moment.rate(rate()) / moments.correction1(moment)));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node m = moments.first(gradient, slots, scalars);
    Node u = slots.get(NORM).times(moments.beta2()).maximum(gradient.abs().plus(moments.epsilon()));
    Node moved = value.minus(m.times(scalars.get("step")).dividedBy(u));
    return Update.to(moved).slot(Moments.FIRST, m).slot(NORM, u);
  }

  @Override
  public String toString() {
    return show("Adamax", moments.show(Moments.DEFAULT));
  }
}
