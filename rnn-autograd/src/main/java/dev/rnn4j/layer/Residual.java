package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.part.LayerNorm;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A layer whose output is added to its input (He et al., "Deep Residual Learning for Image
 * Recognition", 2016): y = x + f(x).
 *
 * @param layer f, which keeps the size of the last axis
 */
public record Residual(Layer layer) implements Layer {
  /** Creates it; nothing may be null. */
  public Residual {
    checkNotNull(layer, "a Residual was given null as its layer");
  }

  /**
   * Returns a residual block of a recurrent network: x + GLU(RNN(LN(x))), as in networks of many
   * layers of state spaces (Orvieto et al., "Resurrecting Recurrent Neural Networks for Long
   * Sequences", 2023).
   *
   * @param cell a cell with inputs and outputs of one size
   * @param size that size
   */
  public static Residual block(Cell<?> cell, int size, RandomGenerator random) {
    return new Residual(
        Stacked.of(LayerNorm.of(size), new Recurrent<>(cell), GatedLinear.of(size, size, random)));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return x.with(x.values().plus(sameShape("a residual layer", x, layer.apply(x))));
    }
  }

  /** Returns the values that a layer has made, in the shape of its input. */
  static Node sameShape(String what, Signal x, Signal made) {
    if (!made.values().shape().equals(x.values().shape())) {
      throw new ShapeException(
          what
              + " gives back the shape that it is given, and of "
              + x.values()
              + " it has made "
              + made.values());
    }
    return made.values();
  }
}
