package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
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
  GRU_RESET_AFTER("gru-reset-after", GruResetAfterCell::of),
  /** The gated recurrent unit with the reset before the product. */
  GRU("gru", GruCell::of),
  /** The minimal gated unit. */
  MGU("mgu", MguCell::of),
  /** The LSTM with layer normalisation. */
  LAYER_NORM_LSTM("layer-norm-lstm", LayerNormLstmCell::of);

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

  /** By name. */
  static final class Reader extends Choice<PeerCell> {
    Reader() {
      super(values());
    }
  }
}
