package dev.rnn4j.batch;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;

/**
 * A sequence of any length and what is to be said of it: at its end, or at each of its steps.
 *
 * @param x {@code [T, ...]}: {@code [T, I]}, or {@code [T]} of indices
 * @param y {@code [T, ...]} where it is for each step, else {@code [...]}
 * @param isPerStep whether the target is for each step
 * @param weight how much it counts in the loss; 1 unless set
 */
public record Sequence(Tensor x, Tensor y, boolean isPerStep, double weight) {
  /** Checks that it has a step, a target for each where that is said, and a weight from 0 up. */
  public Sequence {
    checkNotNull(x, "a sequence was given null as its inputs");
    checkNotNull(y, "a sequence was given null as its targets");
    checkArgument(
        x.shape().rank() > 0 && x.shape().size(0) > 0,
        "a sequence is [T, ...] with one step or more, not %s",
        x.shape());
    checkArgument(
        !isPerStep || y.shape().rank() > 0 && y.shape().size(0) == x.shape().size(0),
        "the sequence %s has targets %s: for each step, they begin with the same T",
        x.shape(),
        y.shape());
    checkArgument(
        weight >= 0 && weight < Double.POSITIVE_INFINITY,
        "the weight %s is not a finite number from 0 up",
        weight);
  }

  /** Returns a sequence {@code [T, ...]} with one target {@code [...]}. */
  public static Sequence of(Tensor x, Tensor y) {
    return new Sequence(x, y, false, 1);
  }

  /** Returns a sequence {@code [T, ...]} with a target at each step {@code [T, ...]}. */
  public static Sequence perStep(Tensor x, Tensor y) {
    return new Sequence(x, y, true, 1);
  }

  /** Returns a sequence of rows {@code [T][I]} with one target {@code [O]}. */
  public static Sequence of(double[][] x, double[] y) {
    return of(Tensor.of(x), Tensor.of(y));
  }

  /** Returns a sequence of rows {@code [T][I]} of the class with a number. */
  public static Sequence of(double[][] x, int kind) {
    return of(Tensor.of(x), Tensor.scalar(kind));
  }

  /** Returns a sequence of rows {@code [T][I]} with a target at each step {@code [T][O]}. */
  public static Sequence perStep(double[][] x, double[][] y) {
    return perStep(Tensor.of(x), Tensor.of(y));
  }

  /** Returns this with another weight in the loss. */
  public Sequence weight(double newWeight) {
    return new Sequence(x, y, isPerStep, newWeight);
  }

  /** Returns T. */
  public int steps() {
    return x.shape().size(0);
  }

  /** Refuses a sequence that cannot stand beside another one. */
  void requireLike(Sequence other) {
    Shape features = x.shape().without(0);
    Shape targets = isPerStep ? y.shape().without(0) : y.shape();
    Shape others = other.isPerStep ? other.y.shape().without(0) : other.y.shape();
    checkArgument(
        isPerStep == other.isPerStep
            && features.equals(other.x.shape().without(0))
            && targets.equals(others),
        "sequences of a batch are alike but for their lengths, and not %s with %s, and %s with %s%s",
        other.x.shape(),
        other.y.shape(),
        x.shape(),
        y.shape(),
        hasLikeSteps() && other.hasLikeSteps()
            ? "; a target at each step is given by Sequence.perStep(x, y)"
            : "");
  }

  /** Returns whether a target that was said to be one for all steps looks like one for each. */
  private boolean hasLikeSteps() {
    return !isPerStep && y.shape().rank() > 0 && y.shape().size(0) == steps();
  }
}
