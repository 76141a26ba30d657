package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.tensor.Precision;
import java.util.function.DoubleSupplier;

/** What {@code bench start} starts: training steps, and a byte when they are done. */
final class FirstStep {
  static final int DONE = '.';

  private FirstStep() {}

  /** Trains an LSTM of the sizes N,T,I,H with so many updates. */
  public static void main(String[] args) {
    Sizes sizes = new Sizes.Reader().convert(args[0]);
    DoubleSupplier step = CellStep.of(cell(sizes), sizes, Precision.FLOAT32, 1);
    double loss = 0;
    for (int left = Integer.parseInt(args[1]); left > 0; left--) {
      loss = step.getAsDouble();
    }
    System.out.write(loss > 0 ? DONE : '!');
    System.out.flush();
  }

  static Cell<?> cell(Sizes sizes) {
    return PeerCell.LSTM.cell(sizes);
  }
}
