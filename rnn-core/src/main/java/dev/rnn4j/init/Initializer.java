package dev.rnn4j.init;

import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.Tensor;
import java.util.random.RandomGenerator;

/** A way to choose a parameter's first value. {@link Initializers} has the usual ones. */
@FunctionalInterface
public interface Initializer {
  /**
   * Returns a float64 tensor of the given shape, drawn in row-major order. All randomness comes
   * from {@code random}: the same generator in the same state gives the same bits.
   *
   * @throws dev.rnn4j.tensor.ShapeException for a shape that the scheme has no meaning for
   */
  Tensor create(Shape shape, RandomGenerator random);
}
