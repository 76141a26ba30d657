package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A linear map without a bias, x·W, of the last axis: a projection.
 *
 * @param weight W, {@code [I, O]}
 */
public record Linear(Parameter weight) {
  /**
   * Creates the map of its matrix.
   *
   * @throws ShapeException where it is none
   */
  public Linear {
    checkNotNull(weight, "a Linear was given null as its weight");
    if (weight.shape().rank() != 2) {
      throw new ShapeException("a linear map takes weight [I, O], and was given " + weight.shape());
    }
  }

  /** Returns a map with Glorot-uniform weights. */
  public static Linear of(int inputSize, int outputSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("outputSize", outputSize);
    Shape shape = Shape.of(inputSize, outputSize);
    return new Linear(Parameter.of("weight", Initializers.glorotUniform().create(shape, random)));
  }

  /** Returns I. */
  public int inputSize() {
    return weight.size(0);
  }

  /** Returns O. */
  public int outputSize() {
    return weight.size(1);
  }

  /**
   * Returns x·W, {@code [..., O]}.
   *
   * @param x {@code [..., I]}
   */
  public Node apply(Node x) {
    return x.matmul(weight);
  }
}
