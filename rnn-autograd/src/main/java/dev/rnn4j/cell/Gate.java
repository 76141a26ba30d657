package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A weighted sum of input and hidden state, x·W + h·U + b: what every gate of every cell begins
 * with.
 *
 * @param weightIh W, {@code [I, H]}
 * @param weightHh U, {@code [H, H]}
 * @param bias b, {@code [H]}
 */
public record Gate(Parameter weightIh, Parameter weightHh, Parameter bias) {
  /**
   * Creates the gate of three parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public Gate {
    boolean matrices = weightIh.shape().rank() == 2 && weightHh.shape().rank() == 2;
    int hiddenSize = matrices ? weightHh.size(0) : 0;
    if (!matrices
        || weightIh.size(1) != hiddenSize
        || weightHh.size(1) != hiddenSize
        || !bias.shape().equals(Shape.of(hiddenSize))) {
      throw new ShapeException(
          "a gate takes weightIh [I, H], weightHh [H, H] and bias [H], and was given "
              + weightIh.shape()
              + ", "
              + weightHh.shape()
              + " and "
              + bias.shape());
    }
  }

  /**
   * Returns a gate with weights drawn uniformly from ±1/√H and a bias of zeros, W first.
   *
   * @throws dev.rnn4j.tensor.ShapeException for a negative size
   */
  public static Gate of(int inputSize, int hiddenSize, RandomGenerator random) {
    Initializer weights = Initializers.reciprocalRootUniform(hiddenSize);
    return new Gate(
        Parameter.of("weightIh", weights.create(Shape.of(inputSize, hiddenSize), random)),
        Parameter.of("weightHh", weights.create(Shape.of(hiddenSize, hiddenSize), random)),
        Parameter.of("bias", Initializers.zeros().create(Shape.of(hiddenSize), random)));
  }

  /** Returns I. */
  public int inputSize() {
    return weightIh.size(0);
  }

  /** Returns H. */
  public int hiddenSize() {
    return weightHh.size(0);
  }

  /**
   * Returns x·W + h·U + b, {@code [N, H]}.
   *
   * @param x {@code [N, I]}
   * @param h {@code [N, H]}
   */
  public Node apply(Node x, Node h) {
    return x.matmul(weightIh).plus(h.matmul(weightHh)).plus(bias);
  }
}
