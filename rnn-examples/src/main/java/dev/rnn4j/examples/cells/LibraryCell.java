package dev.rnn4j.examples.cells;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.CfcCell;
import dev.rnn4j.cell.ClockworkCell;
import dev.rnn4j.cell.CoRnnCell;
import dev.rnn4j.cell.CoupledLstmCell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.FastGrnnCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.ImexLinOssCell;
import dev.rnn4j.cell.ImplicitLinOssCell;
import dev.rnn4j.cell.IndRnnCell;
import dev.rnn4j.cell.JanetCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LemCell;
import dev.rnn4j.cell.LightGruCell;
import dev.rnn4j.cell.LmuCell;
import dev.rnn4j.cell.LruCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.MinimalGruCell;
import dev.rnn4j.cell.MinimalLstmCell;
import dev.rnn4j.cell.MlstmCell;
import dev.rnn4j.cell.PeepholeLstmCell;
import dev.rnn4j.cell.ProjectedLstmCell;
import dev.rnn4j.cell.RgLruCell;
import dev.rnn4j.cell.SelectiveSsmCell;
import dev.rnn4j.cell.SlstmCell;
import dev.rnn4j.cell.SruCell;
import java.util.Locale;
import java.util.random.RandomGenerator;

/** The cells of the library, each with sizes that follow from I and H. */
public enum LibraryCell {
  ELMAN(ElmanCell::of),
  LSTM(LstmCell::of),
  GRU(GruCell::of),
  GRU_RESET_AFTER(GruResetAfterCell::of),
  MGU(MguCell::of),
  LAYER_NORM_LSTM(LayerNormLstmCell::of),
  PEEPHOLE_LSTM(PeepholeLstmCell::of),
  /** Half of H comes back. */
  PROJECTED_LSTM((i, h, random) -> ProjectedLstmCell.of(i, h, (h + 1) / 2, random)),
  COUPLED_LSTM(CoupledLstmCell::of),
  JANET(JanetCell::of),
  IND_RNN(IndRnnCell::of),
  LIGHT_GRU(LightGruCell::of),
  MINIMAL_GRU(MinimalGruCell::of),
  MINIMAL_LSTM(MinimalLstmCell::of),
  /** Four modules, where they are of equal size. */
  CLOCKWORK((i, h, random) -> ClockworkCell.of(i, h, h % 4 == 0 ? 4 : 1, random)),
  CO_RNN(CoRnnCell::of),
  LEM(LemCell::of),
  IMPLICIT_LIN_OSS((i, h, random) -> ImplicitLinOssCell.of(i, h, h, random)),
  IMEX_LIN_OSS((i, h, random) -> ImexLinOssCell.of(i, h, h, random)),
  LRU((i, h, random) -> LruCell.of(i, h, h, random)),
  /** Inputs are of the size H. */
  RG_LRU((i, h, random) -> RgLruCell.of(h, random)),
  /** Inputs are of the size H; state 16. */
  SELECTIVE_SSM((i, h, random) -> SelectiveSsmCell.of(h, 16, random)),
  SLSTM(SlstmCell::of),
  /** Heads of 32, where they are of equal size. */
  MLSTM((i, h, random) -> MlstmCell.of(i, h, h % 32 == 0 ? h / 32 : 1, random)),
  /** The last of I inputs is the time. */
  CFC((i, h, random) -> CfcCell.of(i - 1, h, random)),
  /** A memory of 16 numbers for 32 steps. */
  LMU((i, h, random) -> LmuCell.of(i, h, 16, 32, random)),
  /** Inputs are of the size H. */
  SRU((i, h, random) -> SruCell.of(h, random)),
  FAST_GRNN(FastGrnnCell::of);

  private final Draw draw;

  LibraryCell(Draw draw) {
    this.draw = draw;
  }

  private interface Draw {
    Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random);
  }

  /** Returns the cell with drawn weights. */
  public Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random) {
    return draw.of(inputSize, hiddenSize, random);
  }

  /** Returns the size of its inputs: I, but for cells with inputs and outputs of one size. */
  public int inputSize(int inputSize, int hiddenSize) {
    return this == RG_LRU || this == SELECTIVE_SSM || this == SRU ? hiddenSize : inputSize;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
