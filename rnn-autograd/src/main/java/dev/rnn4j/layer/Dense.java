package dev.rnn4j.layer;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.tensor.Shape;
import java.util.random.RandomGenerator;

/**
 * A linear map with a bias, x·W + b, of the last axis: {@code [N, I]} → {@code [N, O]}, and {@code
 * [T, N, I]} → {@code [T, N, O]}.
 *
 * @param weight W, {@code [I, O]}
 * @param bias b, {@code [O]}
 */
public record Dense(Parameter weight, Parameter bias) implements Layer {
  /** Returns a layer with Glorot-uniform weights and a bias of zeros. */
  public static Dense of(int inputSize, int outputSize, RandomGenerator random) {
    return new Dense(
        Parameter.of(
            "weight", Initializers.glorotUniform().create(Shape.of(inputSize, outputSize), random)),
        Parameter.of("bias", Initializers.zeros().create(Shape.of(outputSize), random)));
  }

  @Override
  public Node apply(Node x) {
    try (Scope scope = Scope.enter(this)) {
      return x.matmul(weight).plus(bias);
    }
  }
}
