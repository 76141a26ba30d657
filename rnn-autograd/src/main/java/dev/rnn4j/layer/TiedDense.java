package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.tensor.Shape;
import dev.rnn4j.tensor.ShapeException;
import dev.rnn4j.tensor.Tensor;

/**
 * An output layer whose weights are those of an embedding (Press and Wolf, "Using the Output
 * Embedding to Improve Language Models", 2017): logits h·Eᵀ + b, {@code [..., E]} → {@code [...,
 * V]}. The table is one parameter with both gradients added.
 *
 * @param table E, {@code [V, E]}, that of the embedding
 * @param bias b, {@code [V]}
 */
public record TiedDense(Parameter table, Parameter bias) implements Layer {
  /**
   * Creates the layer of two parameters.
   *
   * @throws ShapeException where their shapes do not fit each other
   */
  public TiedDense {
    checkNotNull(table, "a TiedDense was given null as its table");
    checkNotNull(bias, "a TiedDense was given null as its bias");
    if (table.shape().rank() != 2 || !bias.shape().equals(Shape.of(table.size(0)))) {
      throw new ShapeException(
          "a tied layer takes a table [V, E] and bias [V], and was given "
              + table.shape()
              + " and "
              + bias.shape());
    }
  }

  /** Returns a layer tied with an embedding, with a bias of zeros. */
  public static TiedDense with(Embedding embedding) {
    checkNotNull(embedding, "a TiedDense was given null as its embedding");
    Shape bias = Shape.of(embedding.count());
    return new TiedDense(embedding.table(), Parameter.of("bias", Tensor.zeros(bias)));
  }

  @Override
  public Signal apply(Signal x) {
    try (Scope scope = Scope.enter(this)) {
      return x.map(values -> values.matmul(table.transpose()).plus(bias));
    }
  }
}
