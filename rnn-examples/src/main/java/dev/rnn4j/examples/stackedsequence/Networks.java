package dev.rnn4j.examples.stackedsequence;

import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.layer.Stacked;
import dev.rnn4j.random.NumpyRandom;

/**
 * The document's two networks, alike but for their first weights: 5 hidden units, and 7 on top.
 *
 * @param first rec11 and rec21
 * @param second rec12 and rec22
 */
record Networks(Stacked first, Stacked second) {
  /** Draws the layers in the document's order: rec11, rec21, rec12, rec22. */
  static Networks draw(NumpyRandom random) {
    return new Networks(network(random), network(random));
  }

  private static Stacked network(NumpyRandom random) {
    return Stacked.of(
        new Recurrent<>(ReadoutCell.draw(1, 5, 1, random)),
        new Recurrent<>(ReadoutCell.draw(1, 7, 1, random)));
  }
}
