package dev.rnn4j.optimizer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.kernel.Powers;
import dev.rnn4j.tensor.Shape;
import java.util.List;

/**
 * What {@link Adam} and its relatives have in common: running means of gradients, m ← β₁·m +
 * (1−β₁)·g, and of their squares, v ← β₂·v + (1−β₂)·g².
 *
 * @param epsilon what keeps a divisor from 0
 */
record Moments(double beta1, double beta2, double epsilon) {
  static final Moments DEFAULT = new Moments(0.9, 0.999, 1e-8);

  static final String FIRST = "firstMoment";
  static final String SECOND = "secondMoment";

  Moments {
    PathOptimizer.checkFraction("decay β₁", beta1);
    PathOptimizer.checkFraction("decay β₂", beta2);
    PathOptimizer.checkNotNegative("ε", epsilon);
  }

  Moments betas(double newBeta1, double newBeta2) {
    return new Moments(newBeta1, newBeta2, epsilon);
  }

  Moments epsilon(double newEpsilon) {
    return new Moments(beta1, beta2, newEpsilon);
  }

  List<Slot> slots(Shape parameter) {
    return List.of(Slot.of(FIRST, parameter), Slot.of(SECOND, parameter));
  }

  /** Returns β₁ of the moment, as "keep". */
  Scalar keep() {
    return new Scalar("keep", moment -> moment.momentum(beta1));
  }

  /** Returns 1 − β₁ of the moment, as "take". */
  Scalar take() {
    return new Scalar("take", moment -> 1 - moment.momentum(beta1));
  }

  /** Returns the new m. */
  Node first(Node gradient, Slots slots, Scalars scalars) {
    return slots.get(FIRST).times(scalars.get("keep")).plus(gradient.times(scalars.get("take")));
  }

  /** Returns the new v. */
  Node second(Node gradient, Slots slots) {
    return slots.get(SECOND).times(beta2).plus(gradient.square().times(1 - beta2));
  }

  /** Returns 1 − β₁ᵗ, with β₁ of the moment. */
  double correction1(Moment moment) {
    return 1 - power(moment.momentum(beta1), moment);
  }

  /** Returns 1 − β₂ᵗ. */
  double correction2(Moment moment) {
    return 1 - power(beta2, moment);
  }

  /** Returns βᵗ, t being the number of the update from 1, with the same bits on every computer. */
  static double power(double beta, Moment moment) {
    return Powers.whole(beta, moment.update() + 1);
  }

  /** Returns what differs from other defaults, as text. */
  String show(Moments defaults) {
    return (beta1 == defaults.beta1 && beta2 == defaults.beta2
            ? ""
            : " betas " + beta1 + ", " + beta2)
        + (epsilon == defaults.epsilon ? "" : " epsilon " + epsilon);
  }
}
