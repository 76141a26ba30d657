package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
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
  private static final String LARGEST = "largestSecondMoment";

  private final Moments moments;
  private final boolean largest;

  private Adam(Settings settings, Moments moments, boolean largest) {
    super(settings);
    this.moments = moments;
    this.largest = largest;
  }

  /** Returns Adam with a learning rate, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static Adam rate(double rate) {
    return new Adam(Settings.of(rate, 0), Moments.DEFAULT, false);
  }

  /** Returns this with other decays of the moments, each in [0, 1). */
  public Adam betas(double beta1, double beta2) {
    return new Adam(settings(), moments.betas(beta1, beta2), largest);
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public Adam epsilon(double epsilon) {
    return new Adam(settings(), moments.epsilon(epsilon), largest);
  }

  /**
   * Returns this with the largest v so far in the place of v (Reddi et al., "On the convergence of
   * Adam and beyond", 2018).
   */
  public Adam amsgrad() {
    return new Adam(settings(), moments, true);
  }

  @Override
  protected Adam with(Settings settings) {
    return new Adam(settings, moments, largest);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    List<Slot> slots = new ArrayList<>(moments.slots(parameter));
    if (largest) {
      slots.add(Slot.of(LARGEST, parameter));
    }
    return slots;
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(
        moments.keep(),
        moments.take(),
        new Scalar("step", moment -> moment.rate(rate()) / moments.correction1(moment)),
        new Scalar("correction", moment -> 1 / Math.sqrt(moments.correction2(moment))));
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node m = moments.first(gradient, slots, scalars);
    Node v = moments.second(gradient, slots);
    Node scale = largest ? slots.get(LARGEST).maximum(v) : v;
    Node root = scale.sqrt().times(scalars.get("correction")).plus(moments.epsilon());
    Node moved = value.minus(m.times(scalars.get("step")).dividedBy(root));
    Update update = Update.to(moved).slot(Moments.FIRST, m).slot(Moments.SECOND, v);
    return largest ? update.slot(LARGEST, scale) : update;
  }

  @Override
  public String toString() {
    return show("Adam", moments.show(Moments.DEFAULT) + (largest ? " amsgrad" : ""));
  }
}
