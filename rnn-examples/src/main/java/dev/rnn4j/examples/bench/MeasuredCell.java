package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.GruResetAfterCell;
import dev.rnn4j.cell.LayerNormLstmCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.examples.bench.fused.FusedElman;
import dev.rnn4j.examples.bench.fused.FusedGru;
import dev.rnn4j.examples.bench.fused.FusedLstm;
import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.examples.cells.LibraryCell;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.random.Philox;
import dev.rnn4j.tensor.Precision;
import java.util.Locale;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The cells that are measured. */
enum MeasuredCell {
  ELMAN("elman", 1, ElmanCell::of, Fused.ELMAN),
  GRU("gru", 3, GruCell::of, Fused.GRU),
  GRU_RESET_AFTER("gru-reset-after", 3, GruResetAfterCell::of, Fused.GRU),
  MGU("mgu", 2, MguCell::of, Fused.NONE),
  LSTM("lstm", 4, LstmCell::of, Fused.LSTM),
  USER_LSTM("user-lstm", 4, UserLstm::of, Fused.LSTM),
  LAYER_NORM_LSTM("layer-norm-lstm", 4, LayerNormLstmCell::of, Fused.LSTM),
  MASKED_LSTM("masked-lstm", 4, LstmCell::of, Fused.LSTM),
  DROPOUT_LSTM(
      "dropout-lstm",
      4,
      (i, h, random) -> new RecurrentDropout<>(LstmCell.of(i, h, random), 0.3),
      Fused.LSTM),
  DROPOUT_LAYER_NORM_LSTM(
      "dropout-norm-lstm",
      4,
      (i, h, random) -> new RecurrentDropout<>(LayerNormLstmCell.of(i, h, random), 0.3),
      Fused.LSTM),
  /** Beside the GRU, whose training step its own is to be compared with. */
  MINIMAL_GRU(LibraryCell.MINIMAL_GRU, Fused.GRU),
  MINIMAL_LSTM(LibraryCell.MINIMAL_LSTM),
  PEEPHOLE_LSTM(LibraryCell.PEEPHOLE_LSTM),
  PROJECTED_LSTM(LibraryCell.PROJECTED_LSTM),
  COUPLED_LSTM(LibraryCell.COUPLED_LSTM),
  JANET(LibraryCell.JANET),
  IND_RNN(LibraryCell.IND_RNN),
  LIGHT_GRU(LibraryCell.LIGHT_GRU),
  CLOCKWORK(LibraryCell.CLOCKWORK),
  CO_RNN(LibraryCell.CO_RNN),
  LEM(LibraryCell.LEM),
  IMPLICIT_LIN_OSS(LibraryCell.IMPLICIT_LIN_OSS),
  IMEX_LIN_OSS(LibraryCell.IMEX_LIN_OSS),
  LRU(LibraryCell.LRU),
  RG_LRU(LibraryCell.RG_LRU),
  SELECTIVE_SSM(LibraryCell.SELECTIVE_SSM),
  SLSTM(LibraryCell.SLSTM),
  MLSTM(LibraryCell.MLSTM),
  CFC(LibraryCell.CFC),
  LMU(LibraryCell.LMU),
  SRU(LibraryCell.SRU),
  FAST_GRNN(LibraryCell.FAST_GRNN);

  private static final int SEED = 3;

  private final String text;
  private final int gates;
  private final Draw draw;
  private final Fused fused;

  MeasuredCell(String text, int gates, Draw draw, Fused fused) {
    this.text = text;
    this.gates = gates;
    this.draw = draw;
    this.fused = fused;
  }

  MeasuredCell(LibraryCell cell) {
    this(cell, Fused.NONE);
  }

  MeasuredCell(LibraryCell cell, Fused fused) {
    this(cell.toString(), 0, cell::of, fused);
  }

  private interface Draw {
    Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random);
  }

  /** The steps written by hand, each made in a class of its own: a module may be missing. */
  enum Fused {
    ELMAN,
    GRU,
    LSTM,
    NONE;

    /** Returns the step, where there is one and it can run, with the parameters of its cell. */
    Optional<FusedStep> step(Sizes s) {
      if (this == NONE || !Kernels.hasVectorModule()) {
        return Optional.empty();
      }
      FusedStep step =
          switch (this) {
            case ELMAN -> new FusedElman(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
            case GRU -> new FusedGru(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
            default -> new FusedLstm(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
          };
      step.set(CellStep.sequences(s));
      give(step, MeasuredCell.valueOf(name()).cell(s));
      return Optional.of(step);
    }

    /** A cell's parameters are W, U and b of each gate, in the order of its gates. */
    private static void give(FusedStep step, Cell<?> cell) {
      float[][] values =
          Parameters.of(cell).values().stream()
              .map(parameter -> parameter.initial().toFloats())
              .toArray(float[][]::new);
      for (int i = 0; i < values.length; i += 3) {
        step.setGate(i / 3, values[i], values[i + 1], values[i + 2]);
      }
    }

    @Override
    public String toString() {
      return "hand-fused " + name().toLowerCase(Locale.ROOT);
    }
  }

  /** Returns whether the cell is of the library's second part, beside nothing written by hand. */
  boolean isFromPaper() {
    return gates == 0;
  }

  /** Returns sizes as the cell has them: some have inputs and outputs of one size. */
  Sizes sized(Sizes s) {
    return isFromPaper()
        ? new Sizes(s.n(), s.t(), LibraryCell.valueOf(name()).inputSize(s.i(), s.h()), s.h())
        : s;
  }

  /** Returns the cell with drawn weights. */
  Cell<?> cell(Sizes sizes) {
    return draw.of(sizes.i(), sizes.h(), new Philox(SEED));
  }

  /** Returns the training step of the cell, with sequences of different lengths where masked. */
  CellStep step(Sizes sizes, Precision precision, int threads) {
    return this == MASKED_LSTM
        ? CellStep.masked(cell(sizes), sizes, precision, threads)
        : CellStep.of(cell(sizes), sized(sizes), precision, threads);
  }

  /**
   * Returns the number of products with W and U in a step; 0 where those are not all of one form.
   */
  int gates() {
    return gates;
  }

  /** Returns the step written by hand for the cell, or for the one most like it. */
  Fused fused() {
    return fused;
  }

  @Override
  public String toString() {
    return text;
  }

  /** By name. */
  static final class Reader extends Choice<MeasuredCell> {
    Reader() {
      super(values());
    }
  }
}
