package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import com.google.common.collect.ImmutableMap;
import dev.rnn4j.graph.Node;
import java.util.List;
import java.util.Map;

/**
 * Stochastic gradient descent with learning rate η: p ← p − η·g; with {@linkplain #momentum
 * momentum} μ, v ← μ·v − η·g and p ← p + v; with {@linkplain #nesterov Nesterov's} form of it
 * (Sutskever et al., "On the importance of initialization and momentum in deep learning", 2013), p
 * ← p + μ·v − η·g with the new v. {@linkplain #weightDecay Weight decay} λ takes g + λ·p for g.
 *
 * <pre>{@code
 * Sgd.rate(1e-2).momentum(0.9).rate("rnn.cell.gate.weightHh", 6e-4)
 * }</pre>
 */
public final class Sgd implements Optimizer {
  private final double rate;
  private final double momentum;
  private final boolean nesterov;
  private final double weightDecay;
  private final ImmutableMap<String, Double> ownRates;

  private Sgd(
      double rate,
      double momentum,
      boolean nesterov,
      double weightDecay,
      Map<String, Double> ownRates) {
    checkArgument(
        rate >= 0 && rate < Double.POSITIVE_INFINITY,
        "the learning rate %s is not a finite number from 0 up",
        rate);
    checkArgument(momentum >= 0 && momentum < 1, "the momentum %s is not in [0, 1)", momentum);
    checkArgument(
        weightDecay >= 0 && weightDecay < Double.POSITIVE_INFINITY,
        "the weight decay %s is not a finite number from 0 up",
        weightDecay);
    this.rate = rate;
    this.momentum = momentum;
    this.nesterov = nesterov;
    this.weightDecay = weightDecay;
    this.ownRates = ImmutableMap.copyOf(ownRates);
  }

  /** Returns plain gradient descent with a learning rate. */
  public static Sgd rate(double rate) {
    return new Sgd(rate, 0, false, 0, Map.of());
  }

  /** Returns this with momentum μ, 0 ≤ μ &lt; 1. */
  public Sgd momentum(double newMomentum) {
    return new Sgd(rate, newMomentum, false, weightDecay, ownRates);
  }

  /** Returns this with Nesterov momentum μ, 0 ≤ μ &lt; 1. */
  public Sgd nesterov(double newMomentum) {
    return new Sgd(rate, newMomentum, true, weightDecay, ownRates);
  }

  /** Returns this with weight decay λ. */
  public Sgd weightDecay(double newWeightDecay) {
    return new Sgd(rate, momentum, nesterov, newWeightDecay, ownRates);
  }

  /**
   * Returns this with another learning rate for the parameter at a path, or for all parameters of
   * the module there. The longest path that fits wins.
   */
  public Sgd rate(String path, double newRate) {
    checkArgument(
        newRate >= 0 && newRate < Double.POSITIVE_INFINITY,
        "the learning rate %s of %s is not a finite number from 0 up",
        newRate,
        path);
    ImmutableMap<String, Double> rates =
        ImmutableMap.<String, Double>builder()
            .putAll(ownRates)
            .put(path, newRate)
            .buildKeepingLast();
    return new Sgd(rate, momentum, nesterov, weightDecay, rates);
  }

  @Override
  public double rate() {
    return rate;
  }

  @Override
  public Map<String, Double> ownRates() {
    return ownRates;
  }

  @Override
  public List<String> slots() {
    return momentum > 0 ? List.of("velocity") : List.of();
  }

  @Override
  public Update update(Node value, Node gradient, List<Node> slots, Node eta) {
    Node g = weightDecay > 0 ? gradient.plus(value.times(weightDecay)) : gradient;
    Node step = g.times(eta);
    if (momentum == 0) {
      return new Update(value.minus(step), List.of());
    }
    Node v = slots.get(0).times(momentum).minus(step);
    Node moved = nesterov ? value.plus(v.times(momentum)).minus(step) : value.plus(v);
    return new Update(moved, List.of(v));
  }

  @Override
  public String toString() {
    String kind = nesterov ? " nesterov " : " momentum ";
    return "SGD rate "
        + rate
        + (momentum > 0 ? kind + momentum : "")
        + (weightDecay > 0 ? " weight decay " + weightDecay : "")
        + (ownRates.isEmpty() ? "" : " rates " + ownRates);
  }
}
