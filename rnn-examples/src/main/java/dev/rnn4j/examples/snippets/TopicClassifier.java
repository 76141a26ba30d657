package dev.rnn4j.examples.snippets;

import dev.rnn4j.cell.GruCell;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Dropout;
import dev.rnn4j.layer.Embedding;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import java.util.random.RandomGenerator;

// [block
/** The topic of a sequence of words: indices {@code [T, N]} to logits {@code [N, C]}. */
public record TopicClassifier(
    Embedding words, Dropout dropout, Recurrent<GruCell.State> rnn, Dense head) implements Layer {
  /** Returns a classifier with freshly drawn weights. */
  public static TopicClassifier of(int words, int topics, RandomGenerator random) {
    return new TopicClassifier(
        Embedding.of(words, 3, random),
        new Dropout(0.5),
        new Recurrent<>(GruCell.of(3, 4, random)),
        Dense.of(4, topics, random));
  }

  @Override
  public Signal apply(Signal x) {
    return head.apply(rnn.last().apply(dropout.apply(words.apply(x))));
  }
}
// block]
