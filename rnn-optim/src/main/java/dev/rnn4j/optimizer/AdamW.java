package dev.rnn4j.optimizer;

/**
 * {@link Adam} whose weight decay λ is no part of the gradient (Loshchilov and Hutter, "Decoupled
 * weight decay regularization", 2019): p ← p·(1 − η·λ), then Adam's step.
 *
 * <pre>{@code
 * AdamW.rate(1e-3).weightDecayOfMatrices(0.05)
 * }</pre>
 */
public final class AdamW {
  private AdamW() {}

  /** Returns Adam with decoupled weight decay λ = 0.01, β₁ = 0.9, β₂ = 0.999 and ε = 1e-8. */
  public static Adam rate(double rate) {
    return Adam.rate(rate).weightDecay(0.01).decoupled();
  }
}
