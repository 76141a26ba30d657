package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.part.Sized;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/**
 * A layer that a gate opens (Srivastava, Greff and Schmidhuber, "Highway Networks", 2015):
 *
 * <pre>
 * g = σ(x·W + b)
 * y = g⊙f(x) + (1 − g)⊙x
 * </pre>
 *
 * @param layer f, which keeps the size of the last axis
 * @param gate W and b
 */
public record Highway(Layer layer, Dense gate) implements Layer {
  /** Creates it; nothing may be null. */
  public Highway {
    checkNotNull(layer, "a Highway was given null as its layer");
    checkNotNull(gate, "a Highway was given null as its gate");
  }

  /**
   * Returns a highway around a layer, whose gate begins nearly closed, with b = −1: at first, it
   * passes on what it is given.
   *
   * @param size the size of the last axis
   */
  public static Highway of(Layer layer, int size, RandomGenerator random) {
    Sized.requireSize("size", size);
    Parameter weight = Dense.of(size, size, random).weight();
    return new Highway(
        layer, new Dense(weight, Parameter.of("bias", Tensor.full(Shape.of(size), -1))));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      Node g = gate.apply(x).values().sigmoid();
      Node made = Residual.sameShape("a highway", x, layer.apply(x));
      return x.with(g.times(made).plus(g.complement().times(x.values())));
    }
  }
}
