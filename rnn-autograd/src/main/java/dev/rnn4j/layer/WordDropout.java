package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.ForwardPass;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;

/**
 * Dropout of whole rows of an embedding (Gal and Ghahramani, 2016; Merity, Keskar and Socher,
 * "Regularizing and optimizing LSTM language models", 2018): in training an index loses its vector
 * wherever it stands in the batch, with the probability of the rate; others are divided by 1 −
 * rate.
 *
 * @param embedding what makes vectors {@code [..., E]} of indices
 * @param count V, how many indices there are
 * @param rate from 0 up to, not including, 1
 */
public record WordDropout(Layer embedding, int count, double rate) implements Layer {
  private static final String NO_EMBEDDING = "a WordDropout was given null as its embedding";

  /**
   * Creates the layer.
   *
   * @throws IllegalArgumentException where the rate is not from 0 up to 1
   */
  public WordDropout {
    checkNotNull(embedding, NO_EMBEDDING);
    ForwardPass.checkedRate(rate);
    checkArgument(count > 0, "there are no %s indices", count);
  }

  /** Returns dropout of the rows of an embedding. */
  public static WordDropout of(Embedding embedding, double rate) {
    checkNotNull(embedding, NO_EMBEDDING);
    return new WordDropout(embedding, embedding.count(), rate);
  }

  /** Returns dropout of the rows of an embedding with a padding index. */
  public static WordDropout of(PaddedEmbedding embedding, double rate) {
    checkNotNull(embedding, NO_EMBEDDING);
    return new WordDropout(embedding, embedding.embedding().count(), rate);
  }

  @Override
  public Signal apply(Signal indices) {
    try (Scope scope = Scope.enter(this)) {
      Signal vectors = embedding.apply(indices);
      if (!indices.pass().isTraining() || rate == 0) {
        return vectors;
      }
      Node keep = indices.pass().dropoutShared(rate, count, 1).apply(Node.ones(count, 1));
      Node clean = vectors.isMasked() ? indices.masked(vectors.mask()).values() : indices.values();
      return vectors.map(values -> values.times(keep.gather(clean)));
    }
  }
}
