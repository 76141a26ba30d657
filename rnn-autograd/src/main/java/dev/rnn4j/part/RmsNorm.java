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
 * Normalisation by the root of the mean square (Zhang and Sennrich, "Root Mean Square Layer
 * Normalization", 2019) over the last axis, for cells and between layers:
 *
 * <pre>
 * RMS(x) = x / √(mean(x²) + ε) ⊙ scale
 * </pre>
 *
 * <p>ε is 1e-5.
 *
 * @param scale {@code [H]}
 * @see LayerNorm
 */
public record RmsNorm(Parameter scale) implements Layer {
  private static final double EPSILON = 1e-5;

  /**
   * Creates the norm of its parameter.
   *
   * @throws ShapeException where it is no vector
   */
  public RmsNorm {
    checkNotNull(scale, "an RmsNorm was given null as its scale");
    if (scale.shape().rank() != 1) {
      throw new ShapeException("an RMS norm takes scale [H], and was given " + scale.shape());
    }
  }

  /** Returns a norm with a scale of ones. */
  public static RmsNorm of(int size) {
    Sized.requireSize("size", size);
    return new RmsNorm(Parameter.of("scale", Tensor.full(Shape.of(size), 1)));
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
   * Returns RMS(x), of the same shape as x.
   *
   * @param x {@code [..., H]}
   * @throws ShapeException where the last axis of x has another size
   */
  @Override
  public Node apply(Node x) {
    if (x.shape().rank() == 0 || x.size(-1) != size()) {
      throw new ShapeException(
          "an RMS norm with scale "
              + scale.shape()
              + " takes a last axis of "
              + size()
              + ", and was given "
              + x);
    }
    Node root = x.square().meanKeeping(-1).plus(EPSILON).sqrt();
    return x.dividedBy(root).times(scale);
  }
}
