package dev.rnn4j.optimizer;

import com.google.common.collect.ImmutableList;
import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * {@link Adam} whose weight decay λ is no part of the gradient (Loshchilov and Hutter, "Decoupled
 * weight decay regularization", 2019): p ← p·(1 − η·λ), then Adam's step.
 *
 * <pre>{@code
 * AdamW.rate(1e-3).weightDecay(0.05).weightDecay("**.bias", 0)
 * }</pre>
 */
public final class AdamW extends PathOptimizer<AdamW> {
  private final Moments moments;

  private AdamW(Settings settings, Moments moments) {
    super(settings);
    this.moments = moments;
  }

  /** Returns AdamW with a learning rate, λ = 0.01, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static AdamW rate(double rate) {
    return new AdamW(Settings.of(rate, 0.01), Moments.DEFAULT);
  }

  /** Returns this with other decays of the moments, each in [0, 1). */
  public AdamW betas(double beta1, double beta2) {
    return new AdamW(settings(), new Moments(beta1, beta2, moments.epsilon(), moments.largest()));
  }

  /** Returns this with another ε, which keeps the divisor from 0. */
  public AdamW epsilon(double epsilon) {
    return new AdamW(
        settings(), new Moments(moments.beta1(), moments.beta2(), epsilon, moments.largest()));
  }

  /** Returns this with the largest v so far in the place of v, as {@link Adam#amsgrad} does. */
  public AdamW amsgrad() {
    return new AdamW(
        settings(), new Moments(moments.beta1(), moments.beta2(), moments.epsilon(), true));
  }

  @Override
  protected AdamW with(Settings settings) {
    return new AdamW(settings, moments);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return moments.slots(parameter);
  }

  @Override
  public List<Scalar> scalars() {
    Scalar shrink = new Scalar("shrink", moment -> 1 - moment.rate(rate()) * weightDecay());
    return ImmutableList.<Scalar>builder().addAll(moments.scalars(rate())).add(shrink).build();
  }

  @Override
  public Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node decayed = weightDecay() > 0 ? value.times(scalars.get("shrink")) : value;
    return moments.update(decayed, gradient, slots, scalars);
  }

  @Override
  public String toString() {
    return show("AdamW", moments.show());
  }
}
