package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Rectified Adam (Liu et al., "On the variance of the adaptive learning rate and beyond", 2020)
 * with learning rate η. With ρ∞ = 2/(1−β₂) − 1 and ρₜ = ρ∞ − 2t·β₂ᵗ/(1−β₂ᵗ), t being the number of
 * the update from 1, and the moments m and v of {@link Adam},
 *
 * <ul>
 *   <li>where ρₜ &gt; 5: p ← p − η·r · m/(1−β₁ᵗ) · √(1−β₂ᵗ)/(√v + ε), r = √((ρₜ−4)(ρₜ−2)ρ∞ /
 *       ((ρ∞−4)(ρ∞−2)ρₜ));
 *   <li>before that: p ← p − η · m/(1−β₁ᵗ).
 * </ul>
 *
 * <pre>{@code
 * RAdam.rate(1e-3).weightDecay(0.01).decoupled()
 * }</pre>
 */
public final class RAdam extends PathOptimizer<RAdam> {
  private static final double ENOUGH = 5;

  private final Moments moments;

  private RAdam(Settings settings, Moments moments) {
    super(settings);
    this.moments = moments;
  }

  /** Returns RAdam with a learning rate, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static RAdam rate(double rate) {
    return new RAdam(Settings.of(rate, 0), Moments.DEFAULT);
  }

  /** Returns this with other decays of the moments, each in [0, 1). */
  public RAdam betas(double beta1, double beta2) {
    return new RAdam(settings(), moments.betas(beta1, beta2));
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public RAdam epsilon(double epsilon) {
    return new RAdam(settings(), moments.epsilon(epsilon));
  }

  @Override
  protected RAdam with(Settings settings) {
    return new RAdam(settings, moments);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return moments.slots(parameter);
  }

  private double longest() {
    return 2 / (1 - moments.beta2()) - 1;
  }

  /** Returns ρₜ. */
  private double length(Moment moment) {
    double t = moment.update() + 1;
    return longest() - 2 * t * Moments.power(moments.beta2(), moment) / moments.correction2(moment);
  }

  private boolean isRectified(Moment moment) {
    return length(moment) > ENOUGH;
  }

  /** Returns r·√(1−β₂ᵗ). */
  private double rectification(Moment moment) {
    double rho = length(moment);
    double all = longest();
    return Math.sqrt(
        (rho - 4) * (rho - 2) * all * moments.correction2(moment) / ((all - 4) * (all - 2) * rho));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        moments.keep(),
        moments.take(),
        new Scalar(
            "step",
            moment ->
                moment.rate(rate())
                    / moments.correction1(moment)
                    * (isRectified(moment) ? rectification(moment) : 1)),
        new Scalar("adapts", moment -> isRectified(moment) ? 1 : 0));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node m = moments.first(gradient, slots, scalars);
    Node v = moments.second(gradient, slots);
    Node adapts = scalars.get("adapts");
    Node root = v.sqrt().plus(moments.epsilon()).times(adapts).plus(adapts.complement());
    return Update.to(value.minus(m.times(scalars.get("step")).dividedBy(root)))
        .slot(Moments.FIRST, m)
        .slot(Moments.SECOND, v);
  }

  @Override
  public String toString() {
    return show("RAdam", moments.show(Moments.DEFAULT));
  }
}
