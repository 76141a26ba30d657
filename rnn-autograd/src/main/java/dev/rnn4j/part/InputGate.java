package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A weighted sum of the input alone, x·W + b: a gate that sees no state, so that a plan takes its
 * product for all steps at once.
 *
 * @param weightIh W, {@code [I, H]}
 * @param bias b, {@code [H]}
 */
public record InputGate(Parameter weightIh, Parameter bias) implements Sized {
  /**
   * Creates the gate of two parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public InputGate {
    checkNotNull(weightIh, "an InputGate was given null as its weightIh");
    checkNotNull(bias, "an InputGate was given null as its bias");
    if (weightIh.shape().rank() != 2 || !bias.shape().equals(Shape.of(weightIh.size(1)))) {
      throw new ShapeException(
          "an input gate takes weightIh [I, H] and bias [H], and was given "
              + weightIh.shape()
              + " and "
              + bias.shape());
    }
  }

  /** Returns a gate with weights drawn uniformly from ±1/√H and a bias of zeros. */
  public static InputGate of(int inputSize, int hiddenSize, RandomGenerator random) {
    Sized.requireSize("inputSize", inputSize);
    Sized.requireSize("hiddenSize", hiddenSize);
    Shape shape = Shape.of(inputSize, hiddenSize);
    return new InputGate(
        Parameter.of(
            "weightIh", Initializers.reciprocalRootUniform(hiddenSize).create(shape, random)),
        Parameter.of("bias", Tensor.zeros(Shape.of(hiddenSize))));
  }

  /** Returns this gate with a bias that begins with one value. */
  public InputGate withBias(double value) {
    return new InputGate(weightIh, Parameter.of("bias", Tensor.full(bias.shape(), value)));
  }

  /** Returns I. */
  @Override
  public int inputSize() {
    return weightIh.size(0);
  }

  /** Returns H. */
  @Override
  public int hiddenSize() {
    return weightIh.size(1);
  }

  /**
   * Returns x·W + b, {@code [N, H]}.
   *
   * @param x {@code [N, I]}
   */
  public Node apply(Node x) {
    return x.matmul(weightIh).plus(bias);
  }
}
