package dev.rnn4j.examples.catfish;

import dev.rnn4j.graph.Parameter;
import dev.rnn4j.layer.Dense;
import dev.rnn4j.layer.Recurrent;
import dev.rnn4j.pass.Layer;
import dev.rnn4j.pass.Signal;
import dev.rnn4j.random.NumpyRandom;

/**
 * The document's network.
 *
 * @param recurrent the memory of the days before
 * @param output from the memory to the next day
 */
record CatNetwork(Recurrent<CatCell.State> recurrent, Dense output) implements Layer {
  static final int INPUT_SIZE = 1;
  static final int HIDDEN_SIZE = 2;

  /** Draws the parameters in the document's order. */
  static CatNetwork draw(NumpyRandom random) {
    CatCell cell =
        new CatCell(
            Parameter.of(random.randn(INPUT_SIZE, HIDDEN_SIZE)),
            Parameter.of(random.randn(HIDDEN_SIZE)),
            Parameter.of(random.randn(HIDDEN_SIZE, HIDDEN_SIZE)));
    Dense output =
        new Dense(
            Parameter.of(random.randn(HIDDEN_SIZE, INPUT_SIZE)),
            Parameter.of(random.randn(INPUT_SIZE)));
    return new CatNetwork(new Recurrent<>(cell), output);
  }

  @Override
  public Signal apply(Signal days) {
    return output.apply(recurrent.unroll(days).last());
  }
}
