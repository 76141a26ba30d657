package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkNotNull;

/**
 * A number that the host computes in float64 before each update, and that enters the plan as an
 * input: a learning rate, a bias correction. Computed in a float32 graph, 1 − 0.999 would lose five
 * of its digits.
 *
 * @param name its name within the optimizer
 * @param value from the moment of an update to the number; called for each update, it should make
 *     no objects, and give the same bits on every computer
 */
public record Scalar(String name, Value value) {
  /** Creates the scalar. */
  public Scalar {
    checkNotNull(name, "a scalar of an optimizer was given null as its name");
    checkNotNull(value, "the scalar %s was given null as its value", name);
  }

  /** A function of the moment of an update. */
  @FunctionalInterface
  public interface Value {
    /** Returns the number for an update. */
    double at(Moment moment);
  }
}
