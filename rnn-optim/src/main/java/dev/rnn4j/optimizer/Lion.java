package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * Lion (Chen et al., "Symbolic discovery of optimization algorithms", 2023) with learning rate η: p
 * ← p − η·sign(β₁·m + (1−β₁)·g), then m ← β₂·m + (1−β₂)·g. Every element moves by η, so that rates
 * are three to ten times smaller than Adam's; weight decay is {@linkplain #decoupled decoupled}.
 *
 * <pre>{@code
 * Lion.rate(1e-4).weightDecay(0.1)
 * }</pre>
 */
public final class Lion extends PathOptimizer<Lion> {
  private static final Moments USUAL = Moments.DEFAULT.betas(0.9, 0.99);

  private final Moments moments;

  private Lion(Settings settings, Moments moments) {
    super(settings);
    this.moments = moments;
  }

  /** Returns Lion with a learning rate, β₁ = 0.9, β₂ = 0.99 and decoupled weight decay, of 0. */
  public static Lion rate(double rate) {
    return new Lion(Settings.of(rate, 0), USUAL).decoupled();
  }

  /** Returns this with other weights of the past in the step and in m, each in [0, 1). */
  public Lion betas(double beta1, double beta2) {
    return new Lion(settings(), moments.betas(beta1, beta2));
  }

  @Override
  protected Lion with(Settings settings) {
    return new Lion(settings, moments);
  }

  @Override
  public List<Slot> slots(Shape parameter) {
    return List.of(Slot.of(Moments.FIRST, parameter));
  }

  @Override
  protected List<Scalar> stepScalars() {
    return List.of(moments.keep(), moments.take(), rateScalar());
  }

  @Override
  protected Update step(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node direction = sign(moments.first(gradient, slots, scalars));
    double beta2 = moments.beta2();
    Node m = slots.get(Moments.FIRST).times(beta2).plus(gradient.times(1 - beta2));
    return Update.to(value.minus(direction.times(scalars.get("rate")))).slot(Moments.FIRST, m);
  }

  /** Returns c/|c|, and 0 for 0; NaN stays NaN. */
  private static Node sign(Node c) {
    Node zero = Node.constant(0);
    return c.equalTo(zero).select(zero, c.dividedBy(c.abs()));
  }

  @Override
  public String toString() {
    return show("Lion", moments.show(USUAL));
  }
}
