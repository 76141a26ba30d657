package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.random.Philox;
import java.util.random.RandomGenerator;

/** The cells that are compared with other libraries. */
public enum PeerCell {
  /** The simple recurrent network, with tanh. */
  ELMAN("elman", ElmanCell::of),
  /** The LSTM. */
  LSTM("lstm", LstmCell::of),
  /** The gated recurrent unit as other libraries have it, with the reset after the product. */
  GRU("gru-reset-after", GruResetAfterCell::of),
  /** The minimal gated unit, which other libraries do not have: their user writes it op by op. */
  MGU("mgu", MguCell::of);

  private static final int SEED = 3;

  private final String text;
  private final Factory factory;

  PeerCell(String text, Factory factory) {
    this.text = text;
    this.factory = factory;
  }

  private interface Factory {
    Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random);
  }

  /** Returns the cell with drawn weights, the same every time. */
  Cell<?> cell(Sizes sizes) {
    return factory.of(sizes.i(), sizes.h(), new Philox(SEED));
  }

  @Override
  public String toString() {
    return text;
  }
}
