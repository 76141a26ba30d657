package dev.rnn4j.part;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;

/**
 * Layer normalisation (Ba, Kiros and Hinton, "Layer Normalization", 2016) over the last axis, for
 * cells and between layers:
 *
 * <pre>
 * LN(x) = (x − μ) / √(σ² + ε) ⊙ scale + shift
 * </pre>
 *
 * <p>μ and σ² are mean and variance of the last axis (σ² divided by its size H), and ε is 1e-5.
 *
 * @param scale {@code [H]}
 * @param shift {@code [H]}
 */
public record LayerNorm(Parameter scale, Parameter shift) implements Layer {
  private static final double EPSILON = 1e-5;

  /**
   * Creates the norm of two parameters.
   *
   * @throws ShapeException where they are no vectors of one size
   */
  public LayerNorm {
    checkNotNull(scale, "a LayerNorm was given null as its scale");
    checkNotNull(shift, "a LayerNorm was given null as its shift");
    if (scale.shape().rank() != 1 || !shift.shape().equals(scale.shape())) {
      throw new ShapeException(
          "a layer norm takes scale [H] and shift [H], and was given "
              + scale.shape()
              + " and "
              + shift.shape());
    }
  }

  /** Returns a norm with a scale of ones and a shift of zeros. */
  public static LayerNorm of(int size) {
    Sized.requireSize("size", size);
    Shape shape = Shape.of(size);
    return new LayerNorm(
        Parameter.of("scale", Tensor.full(shape, 1)), Parameter.of("shift", Tensor.zeros(shape)));
  }

  /** Returns this norm with a shift that begins with one value. */
  public LayerNorm withShift(double value) {
    return new LayerNorm(scale, Parameter.of("shift", Tensor.full(shift.shape(), value)));
  }

  /** Returns H. */
  public int size() {
    return scale.size(0);
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return x.with(apply(x.values()));
    }
  }

  /**
   * Returns LN(x), of the same shape as x.
   *
   * @param x {@code [..., H]}
   * @throws ShapeException where the last axis of x has another size
   */
  @Override
  public Node apply(Node x) {
    if (x.shape().rank() == 0 || x.size(-1) != size()) {
      throw new ShapeException(
          "a layer norm with scale "
              + scale.shape()
              + " takes a last axis of "
              + size()
              + ", and was given "
              + x);
    }
    return x.normalize(EPSILON).times(scale).plus(shift);
  }
}
