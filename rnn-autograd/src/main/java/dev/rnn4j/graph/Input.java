package dev.rnn4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.op.Leaf;
import dev.rnn4j.tensor.Shape;

/** A leaf whose value is given anew for each run: data, an initial state, a learning rate. */
public final class Input extends Node {
  private final String name;

  private Input(String name, Shape shape) {
    super(Leaf.INPUT, checkNotNull(shape, "an input was given null as its shape"));
    this.name = checkNotNull(name, "an input was given null as its name");
  }

  /** Returns an input of the given shape; no sizes for a scalar. */
  public static Input of(String name, int... sizes) {
    return new Input(name, Shape.of(sizes));
  }

  /** Returns an input of the given shape. */
  public static Input of(String name, Shape shape) {
    return new Input(name, shape);
  }

  /** Returns the name, which errors and dumps show. */
  public String name() {
    return name;
  }
}
