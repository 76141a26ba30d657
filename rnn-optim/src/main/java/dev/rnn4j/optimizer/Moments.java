package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkArgument;

import dev.rnn4j.graph.Node;
import dev.rnn4j.tensor.Shape;
import java.util.ArrayList;
import java.util.List;

/**
 * What {@link Adam} and {@link AdamW} have in common: means of gradients and of their squares, and
 * the step that follows from them.
 *
 * @param largest whether a step is divided by the largest mean of squares so far
 */
record Moments(double beta1, double beta2, double epsilon, boolean largest) {
  static final Moments DEFAULT = new Moments(0.9, 0.999, 1e-8, false);

  private static final String FIRST = "firstMoment";
  private static final String SECOND = "secondMoment";
  private static final String LARGEST = "largestSecondMoment";

  Moments {
    PathOptimizer.checkFraction("decay β₁", beta1);
    PathOptimizer.checkFraction("decay β₂", beta2);
    checkArgument(
        epsilon >= 0 && epsilon < Double.POSITIVE_INFINITY,
        "ε %s is not a finite number from 0 up",
        epsilon);
  }

  List<Slot> slots(Shape parameter) {
    List<Slot> slots = new ArrayList<>();
    slots.add(Slot.of(FIRST, parameter));
    slots.add(Slot.of(SECOND, parameter));
    if (largest) {
      slots.add(Slot.of(LARGEST, parameter));
    }
    return slots;
  }

  /** Returns the scalars for a learning rate: t is the number of the update, from 1. */
  List<Scalar> scalars(double rate) {
    return List.of(
        new Scalar("keep", moment -> moment.momentum(beta1)),
        new Scalar("take", moment -> 1 - moment.momentum(beta1)),
        new Scalar(
            "step",
            moment -> moment.rate(rate) / (1 - power(moment.momentum(beta1), moment.update()))),
        new Scalar("correction", moment -> 1 / Math.sqrt(1 - power(beta2, moment.update()))));
  }

  /** Returns β to the power of t, with the same bits on every computer. */
  private static double power(double beta, long update) {
    return StrictMath.pow(beta, update + 1);
  }

  Update update(Node value, Node gradient, Slots slots, Scalars scalars) {
    Node m = slots.get(FIRST).times(scalars.get("keep")).plus(gradient.times(scalars.get("take")));
    Node v = slots.get(SECOND).times(beta2).plus(gradient.square().times(1 - beta2));
    Node scale = largest ? slots.get(LARGEST).maximum(v) : v;
    Node root = scale.sqrt().times(scalars.get("correction")).plus(epsilon);
    Node moved = value.minus(m.times(scalars.get("step")).dividedBy(root));
    Update update = Update.to(moved).slot(FIRST, m).slot(SECOND, v);
    return largest ? update.slot(LARGEST, scale) : update;
  }

  String show() {
    return (beta1 == DEFAULT.beta1 && beta2 == DEFAULT.beta2
            ? ""
            : " betas " + beta1 + ", " + beta2)
        + (epsilon == DEFAULT.epsilon ? "" : " epsilon " + epsilon)
        + (largest ? " amsgrad" : "");
  }
}
