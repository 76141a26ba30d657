package dev.rnn4j.optimizer;

import dev.rnn4j.tensor.Shape;

/**
 * What an optimizer keeps for one parameter from update to update.
 *
 * @param name its name, in checkpoints too
 * @param shape its shape, mostly the parameter's
 * @param initial what all its elements begin with
 */
public record Slot(String name, Shape shape, double initial) {
  /** Returns a slot that begins with zeros. */
  public static Slot of(String name, Shape shape) {
    return new Slot(name, shape, 0);
  }
}
