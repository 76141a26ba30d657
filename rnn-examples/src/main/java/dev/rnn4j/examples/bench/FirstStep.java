package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;

/** What {@code bench start} starts: one training step, and a byte when it is done. */
final class FirstStep {
  static final int DONE = '.';

  private FirstStep() {}

  /** Trains an LSTM of the sizes N,T,I,H once. */
  public static void main(String[] args) {
    Sizes sizes = new Sizes.Reader().convert(args[0]);
    LstmCell cell = LstmCell.of(sizes.i(), sizes.h(), new Philox(3));
    double loss = CellStep.of(cell, sizes, Precision.FLOAT32, 1).getAsDouble();
    System.out.write(loss > 0 ? DONE : '!');
    System.out.flush();
  }
}
