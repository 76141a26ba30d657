package dev.rnn4j.optimizer;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Powers;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * NAdam (Dozat, "Incorporating Nesterov momentum into Adam", 2016) with learning rate η and a
 * momentum that grows with the number t of the update, from 1: μₜ = β₁·(1 − ½·0.96^(t·ψ)), Π = μ₁ ⋯
 * μₜ, m ← β₁·m + (1−β₁)·g, v ← β₂·v + (1−β₂)·g², and
 *
 * <p>p ← p − η · (μₜ₊₁/(1 − Π·μₜ₊₁)·m + (1−μₜ)/(1 − Π)·g) / (√v/√(1−β₂ᵗ) + ε).
 *
 * <pre>{@code
 * NAdam.rate(2e-3).weightDecay(0.01).decoupled()
 * }</pre>
 */
public final class NAdam extends PathOptimizer<NAdam> {
  private static final double BASE = 0.96;
  private static final double USUAL_DECAY = 4e-3;
  private static final String PRODUCT = "momentumProduct";

  private final Moments moments;
  private final double momentumDecay;

  /** 0.96 to the power ψ. */
  private final double base;

  private NAdam(Settings settings, Moments moments, double momentumDecay) {
    super(settings);
    this.moments = moments;
    this.momentumDecay = checkNotNegative("momentum decay ψ", momentumDecay);
    this.base = StrictMath.pow(BASE, momentumDecay);
  }

  /** Returns NAdam with a learning rate, β₁ = 0.9, β₂ = 0.999, ε = 1e-8 and ψ = 0.004. */
  public static NAdam rate(double rate) {
    return new NAdam(Settings.of(rate, 0), Moments.DEFAULT, USUAL_DECAY);
  }

  /** Returns this with other decays of the moments, each in [0, 1). */
  public NAdam betas(double beta1, double beta2) {
    return new NAdam(settings(), moments.betas(beta1, beta2), momentumDecay);
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public NAdam epsilon(double epsilon) {
    return new NAdam(settings(), moments.epsilon(epsilon), momentumDecay);
  }

  /** Returns this with another ψ, by which the momentum grows. */
  public NAdam momentumDecay(double newMomentumDecay) {
    return new NAdam(settings(), moments, newMomentumDecay);
  }

  @Override
  protected NAdam with(Settings settings) {
    return new NAdam(settings, moments, momentumDecay);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return ImmutableList.<Slot>builder()
        .addAll(moments.slots(parameter))
        .add(new Slot(PRODUCT, Shape.scalar(), 1))
        .build();
  }

  private double momentum(Moment moment, int ahead) {
    double power = Powers.whole(base, moment.update() + 1 + ahead);
    return moment.momentum(moments.beta1()) * (1 - 0.5 * power);
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        moments.keep(),
        moments.take(),
        rateScalar(),
        new Scalar("momentum", moment -> momentum(moment, 0)),
        new Scalar("nextMomentum", moment -> momentum(moment, 1)),
        new Scalar("correction", moment -> 1 / Math.sqrt(moments.correction2(moment))));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node mu = scalars.get("momentum");
    Node next = scalars.get("nextMomentum");
    Node product = slots.get(PRODUCT).times(mu);
    Node m = moments.first(gradient, slots, scalars);
    Node v = moments.second(gradient, slots);
    Node ofMean = next.dividedBy(product.times(next).complement());
    Node ofGradient = mu.complement().dividedBy(product.complement());
    Node root = v.sqrt().times(scalars.get("correction")).plus(moments.epsilon());
    Node direction = m.times(ofMean).plus(gradient.times(ofGradient)).dividedBy(root);
    return Update.to(value.minus(direction.times(scalars.get("rate"))))
        .slot(Moments.FIRST, m)
        .slot(Moments.SECOND, v)
        .slot(PRODUCT, product);
  }

  @Override
  public String toString() {
    String decay = momentumDecay == USUAL_DECAY ? "" : " momentum decay " + momentumDecay;
    return show("NAdam", moments.show(Moments.DEFAULT) + decay);
  }
}
