package dev.rnn4j.optimizer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.tensor.Shape;

/**
 * What an optimizer keeps for one parameter from update to update.
 *
 * @param name its name, in checkpoints too
 * @param shape its shape, mostly the parameter's
 * @param initial what all its elements begin with
 */
public record Slot(String name, Shape shape, double initial) {
  /** Creates the slot. */
  public Slot {
    checkNotNull(name, "a slot of an optimizer was given null as its name");
    checkNotNull(shape, "the slot %s was given null as its shape", name);
  }

  /** Returns a slot that begins with zeros. */
  public static Slot of(String name, Shape shape) {
    return new Slot(name, shape, 0);
  }
}
