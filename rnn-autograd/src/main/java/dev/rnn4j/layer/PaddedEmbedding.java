package dev.rnn4j.layer;

import static com.google.common.base.Preconditions.checkArgument;
import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.graph.Scope;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;

/**
 * An embedding in which one index stands for nothing: the filling of sequences that are shorter
 * than others. Where it stands, the vector is zeros and learns nothing, and of sequences {@code [T,
 * N]} that step does not count for any layer, loss or metric that follows.
 *
 * @param embedding the vectors; that of the padding index is never read
 * @param padding the index
 */
public record PaddedEmbedding(Embedding embedding, int padding) implements Layer {
  /**
   * Creates the layer.
   *
   * @throws IllegalArgumentException for an index that the embedding does not have
   */
  public PaddedEmbedding {
    checkNotNull(embedding, "a PaddedEmbedding was given null as its embedding");
    checkArgument(
        0 <= padding && padding < embedding.count(),
        "the padding index is %s, and the embedding has the indices 0 to %s",
        padding,
        embedding.count() - 1);
  }

  @Override
  public Signal apply(Signal indices) {
    try (Scope scope = Scope.enter(this)) {
      Node positions = indices.values();
      Node counts = positions.equalTo(Node.constant(padding)).complement();
      if (positions.shape().rank() == 2) {
        Node both = indices.isMasked() ? counts.times(indices.mask()) : counts;
        return embedding.apply(indices.masked(both));
      }
      Node vectors = embedding.apply(indices).values();
      Node columns = counts.reshape(counts.shape().insert(counts.shape().rank(), 1));
      return indices.with(columns.select(vectors, Node.constant(0)));
    }
  }
}
