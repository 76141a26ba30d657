package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Sized;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A linear map with a bias, x·W + b, of the last axis: {@code [N, I]} → {@code [N, O]}, and {@code
 * [T, N, I]} → {@code [T, N, O]}.
 *
 * @param weight W, {@code [I, O]}
 * @param bias b, {@code [O]}
 */
public record Dense(Parameter weight, Parameter bias) implements Layer {
  /**
   * Creates the layer of two parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public Dense {
    checkNotNull(weight, "a Dense was given null as its weight");
    checkNotNull(bias, "a Dense was given null as its bias");
    if (weight.shape().rank() != 2 || !bias.shape().equals(Shape.of(weight.size(1)))) {
      throw new ShapeException(
          "a dense layer takes weight [I, O] and bias [O], and was given "
              + weight.shape()
              + " and "
              + bias.shape());
    }
  }

  /** Returns a layer with Glorot-uniform weights and a bias of zeros. */
  public static Dense of(int inputSize, int outputSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("outputSize", outputSize);
    return new Dense(
        Parameter.of(
            "weight", Initializers.glorotUniform().create(Shape.of(inputSize, outputSize), random)),
        Parameter.of("bias", Initializers.zeros().create(Shape.of(outputSize), random)));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return x.map(values -> values.matmul(weight).plus(bias));
    }
  }
}
