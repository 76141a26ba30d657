package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A weighted sum of input and hidden state, x·W + h·U + b: what every gate of every cell begins
 * with. What comes back may be of another size R than H: a projection.
 *
 * @param weightIh W, {@code [I, H]}
 * @param weightHh U, {@code [H, H]}, or {@code [R, H]}
 * @param bias b, {@code [H]}
 */
public record Gate(Parameter weightIh, Parameter weightHh, Parameter bias) implements Sized {
  /**
   * Creates the gate of three parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public Gate {
    checkNotNull(weightIh, "a Gate was given null as its weightIh");
    checkNotNull(weightHh, "a Gate was given null as its weightHh");
    checkNotNull(bias, "a Gate was given null as its bias");
    boolean matrices = weightIh.shape().rank() == 2 && weightHh.shape().rank() == 2;
    int hiddenSize = matrices ? weightHh.size(1) : 0;
    if (!matrices || weightIh.size(1) != hiddenSize || !bias.shape().equals(Shape.of(hiddenSize))) {
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
   * @throws dev.rnn4j.tensor.ShapeException for a size below 1
   */
  public static Gate of(int inputSize, int hiddenSize, RandomGenerator random) {
    return of(inputSize, hiddenSize, hiddenSize, random);
  }

  /** Returns such a gate for a hidden state that comes back with another size R. */
  public static Gate of(int inputSize, int recurrentSize, int hiddenSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("hiddenSize", hiddenSize);
    Sized.requireSize("recurrentSize", recurrentSize);
    Shape ih = Shape.of(inputSize, hiddenSize);
    Shape hh = Shape.of(recurrentSize, hiddenSize);
    Initializer weights = Initializers.reciprocalRootUniform(hiddenSize);
    return new Gate(
        Parameter.of("weightIh", weights.create(ih, random)),
        Parameter.of("weightHh", weights.create(hh, random)),
        Parameter.of("bias", Tensor.zeros(Shape.of(hiddenSize))));
  }

  /** Returns this gate with a bias that begins with one value: 1 makes a forget gate remember. */
  public Gate withBias(double value) {
    Tensor initial = Tensor.full(bias.shape(), value);
    return new Gate(weightIh, weightHh, Parameter.of("bias", initial));
  }

  /** Returns I. */
  @Override
  public int inputSize() {
    return weightIh.size(0);
  }

  /** Returns H. */
  @Override
  public int hiddenSize() {
    return weightHh.size(1);
  }

  /** Returns R. */
  @Override
  public int recurrentSize() {
    return weightHh.size(0);
  }

  /**
   * Returns x·W + h·U + b, {@code [N, H]}.
   *
   * @param x {@code [N, I]}
   * @param h {@code [N, H]}, or {@code [N, R]}
   */
  public Node apply(Node x, Node h) {
    return x.matmul(weightIh).plus(h.matmul(weightHh)).plus(bias);
  }
}
