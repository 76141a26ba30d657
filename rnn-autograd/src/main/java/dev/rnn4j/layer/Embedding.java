package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.part.Sized;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import java.util.random.RandomGenerator;

/**
 * A learned vector for each index: indices {@code [T, N]} → {@code [T, N, E]}, and {@code [N]} →
 * {@code [N, E]}. Indices are whole numbers from 0 to V−1; where nothing counts, anything.
 *
 * @param table {@code [V, E]}
 */
public record Embedding(Parameter table) implements Layer {
  /**
   * Creates the layer of its table.
   *
   * @throws ShapeException where it is none
   */
  public Embedding {
    checkNotNull(table, "an Embedding was given null as its table");
    if (table.shape().rank() != 2) {
      throw new ShapeException("an embedding takes a table [V, E], and was given " + table.shape());
    }
  }

  /** Returns a layer for V indices with vectors of E standard normal numbers. */
  public static Embedding of(int count, int size, RandomGenerator random) {
    Sized.requireSize("count", count);
    Sized.requireSize("size", size);
    return new Embedding(
        Parameter.of("table", Initializers.normal(1).create(Shape.of(count, size), random)));
  }

  /**
   * Returns an embedding with these vectors in which one index stands for nothing.
   *
   * @throws IllegalArgumentException for an index that is not from 0 to V−1
   */
  public PaddedEmbedding padding(int index) {
    return new PaddedEmbedding(this, index);
  }

  /** Returns V. */
  public int count() {
    return table.size(0);
  }

  /** Returns E. */
  public int size() {
    return table.size(1);
  }

  @Override
  public Signal apply(Signal indices) {
    Node positions = indices.values();
    if (positions.shape().rank() < 1 || positions.shape().rank() > 2) {
      throw new ShapeException(
          "an embedding takes indices [T, N] or [N], and was given " + positions);
    }
    try (Scope scope = Scope.enter(this)) {
      return indices.with(table.gather(positions));
    }
  }
}
