package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Adam (Kingma and Ba, "Adam: a method for stochastic optimization", 2015) with learning rate η: m
 * ← β₁·m + (1−β₁)·g, v ← β₂·v + (1−β₂)·g², p ← p − η/(1−β₁ᵗ) · m / (√v/√(1−β₂ᵗ) + ε), where t is
 * the number of the update, from 1. {@linkplain #weightDecay Weight decay} λ takes g + λ·p for g;
 * {@link AdamW} keeps it out of the moments.
 *
 * <pre>{@code
 * Adam.rate(1e-3).rate("embedding", 1e-4)
 * }</pre>
 */
public final class Adam extends PathOptimizer<Adam> {
  private final Moments moments;

  private Adam(Settings settings, Moments moments) {
    super(settings);
    this.moments = moments;
  }

  /** Returns Adam with a learning rate, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static Adam rate(double rate) {
    return new Adam(Settings.of(rate, 0), Moments.DEFAULT);
  }

  /** Returns this with other decays of the moments, each in [0, 1). */
  public Adam betas(double beta1, double beta2) {
    return new Adam(settings(), new Moments(beta1, beta2, moments.epsilon(), moments.largest()));
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public Adam epsilon(double epsilon) {
    return new Adam(
        settings(), new Moments(moments.beta1(), moments.beta2(), epsilon, moments.largest()));
  }

  /**
   * Returns this with the largest v so far in the place of v (Reddi et al., "On the convergence of
   * Adam and beyond", 2018).
   */
  public Adam amsgrad() {
    return new Adam(
        settings(), new Moments(moments.beta1(), moments.beta2(), moments.epsilon(), true));
  }

  @Override
  protected Adam with(Settings settings) {
    return new Adam(settings, moments);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return moments.slots(parameter);
  }

  @Override
  public List<Scalar> scalars() {
    return moments.scalars(rate());
  }

  @Override
  public Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node g = weightDecay() > 0 ? gradient.plus(value.times(weightDecay())) : gradient;
    return moments.update(value, g, slots, scalars);
  }

  @Override
  public String toString() {
    return show("Adam", moments.show());
  }
}
