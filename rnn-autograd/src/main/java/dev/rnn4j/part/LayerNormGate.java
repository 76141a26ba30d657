package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A gate whose weighted sum is normalised, LN(x·W + h·U). The shift of the norm is the bias.
 *
 * @param weightIh W, {@code [I, H]}
 * @param weightHh U, {@code [H, H]}
 * @param norm LN, of size H
 */
public record LayerNormGate(Parameter weightIh, Parameter weightHh, LayerNorm norm)
    implements Sized {
  /**
   * Creates the gate of two parameters and a norm.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public LayerNormGate {
    checkNotNull(weightIh, "a LayerNormGate was given null as its weightIh");
    checkNotNull(weightHh, "a LayerNormGate was given null as its weightHh");
    checkNotNull(norm, "a LayerNormGate was given null as its norm");
    int hiddenSize = norm.size();
    boolean fits =
        weightIh.shape().rank() == 2
            && weightIh.size(1) == hiddenSize
            && weightHh.shape().equals(Shape.of(hiddenSize, hiddenSize));
    if (!fits) {
      throw new ShapeException(
          "a normalised gate takes weightIh [I, H], weightHh [H, H] and a norm of [H],"
              + " and was given "
              + weightIh.shape()
              + ", "
              + weightHh.shape()
              + " and "
              + norm.scale().shape());
    }
  }

  /** Returns a gate with weights drawn as in {@link Gate#of}, a scale of ones, a shift of zeros. */
  public static LayerNormGate of(int inputSize, int hiddenSize, RandomGenerator random) {
    Gate gate = Gate.of(inputSize, hiddenSize, random);
    return new LayerNormGate(gate.weightIh(), gate.weightHh(), LayerNorm.of(hiddenSize));
  }

  /** Returns this gate with a shift that begins with one value: 1 makes a forget gate remember. */
  public LayerNormGate withShift(double value) {
    return new LayerNormGate(weightIh, weightHh, norm.withShift(value));
  }

  /** Returns I. */
  @Override
  public int inputSize() {
    return weightIh.size(0);
  }

  /** Returns H. */
  @Override
  public int hiddenSize() {
    return weightHh.size(0);
  }

  /**
   * Returns LN(x·W + h·U), {@code [N, H]}.
   *
   * @param x {@code [N, I]}
   * @param h {@code [N, H]}
   */
  public Node apply(Node x, Node h) {
    return norm.apply(x.matmul(weightIh).plus(h.matmul(weightHh)));
  }
}
