package dev.rnn4j.examples.compared;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.CfcCell;
import dev.rnn4j.cell.CoRnnCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.ImexLinOssCell;
import dev.rnn4j.cell.IndRnnCell;
import dev.rnn4j.cell.LemCell;
import dev.rnn4j.cell.LruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MinimalGruCell;
import dev.rnn4j.cell.MinimalLstmCell;
import dev.rnn4j.cell.MlstmCell;
import dev.rnn4j.cell.RgLruCell;
import dev.rnn4j.cell.SelectiveSsmCell;
import dev.rnn4j.cell.SlstmCell;
import dev.rnn4j.graph.Parameter;
import dev.rnn4j.tensor.Tensor;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The cells of the table, each with H outputs. */
enum ComparedCell {
  ELMAN(ElmanCell::of),
  LSTM(LstmCell::of),
  /** The last input, the time, is one more input to it. */
  LSTM_WITH_TIME((i, h, random) -> LstmCell.of(i + 1, h, random)),
  GRU(GruCell::of),
  MINIMAL_GRU(MinimalGruCell::of),
  MINIMAL_LSTM(MinimalLstmCell::of),
  IND_RNN(IndRnnCell::of),
  CO_RNN(
      (i, h, random) -> {
        CoRnnCell cell = CoRnnCell.of(i, h, random);
        // Slow oscillators, with steps so small that hundreds of them are no long time.
        return new CoRnnCell(cell.gate(), cell.velocity(), 0.016, 94.5, 9.5);
      }),
  LEM(LemCell::of),
  LRU((i, h, random) -> LruCell.of(i, h, h, random)),
  POSITIVE_LRU((i, h, random) -> positive(LruCell.of(i, h, h, random))),
  LIN_OSS((i, h, random) -> ImexLinOssCell.of(i, h, h, random)),
  RG_LRU((i, h, random) -> RgLruCell.of(h, random)),
  S6((i, h, random) -> SelectiveSsmCell.of(h, 8, random)),
  SLSTM(SlstmCell::of),
  MLSTM((i, h, random) -> MlstmCell.of(i, h, 2, random)),
  CFC(CfcCell::of);

  private final Draw draw;

  ComparedCell(Draw draw) {
    this.draw = draw;
  }

  private interface Draw {
    Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random);
  }

  /** Returns the cell with drawn weights. */
  Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random) {
    return draw.of(inputSize, hiddenSize, random);
  }

  /** Returns an LRU whose eigenvalues are positive: their phases are 0 to the last digit. */
  private static LruCell positive(LruCell cell) {
    Tensor none = Tensor.full(cell.theta().shape(), -40);
    return new LruCell(
        cell.nu(),
        Parameter.of("theta", none),
        cell.gamma(),
        cell.inputRe(),
        cell.inputIm(),
        cell.outputRe(),
        cell.outputIm(),
        cell.skip());
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
