package dev.rnn4j.graph;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.op.Leaf;
import dev.rnn4j.tensor.Tensor;

/**
 * A leaf that training changes. It holds the value to begin with; the value of the moment lies in
 * the weights of a plan. Two parameters are the same only if they are the same object: one
 * parameter at two places of a model is one value with the sum of both gradients.
 */
public final class Parameter extends Node {
  private final String name;
  private final Tensor initial;

  private Parameter(String name, Tensor initial) {
    super(
        Leaf.PARAMETER,
        checkNotNull(initial, "a parameter was given null as its initial value").shape());
    this.name = checkNotNull(name, "a parameter was given null as its name");
    this.initial = initial;
  }

  /** Returns a parameter; a model's record gives it its name. */
  public static Parameter of(Tensor initial) {
    return new Parameter("parameter", initial);
  }

  /** Returns a parameter with the name that is shown where no model gives it another. */
  public static Parameter of(String name, Tensor initial) {
    return new Parameter(name, initial);
  }

  /** Returns the name given at creation. */
  public String name() {
    return name;
  }

  /** Returns the value to begin with. */
  public Tensor initial() {
    return initial;
  }
}
