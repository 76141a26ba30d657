package dev.rnn4j.examples.bench;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.examples.bench.fused.FusedElman;
import dev.rnn4j.examples.bench.fused.FusedGru;
import dev.rnn4j.examples.bench.fused.FusedLstm;
import dev.rnn4j.examples.bench.fused.FusedStep;
import dev.rnn4j.graph.Parameters;
import dev.rnn4j.kernel.Kernels;
import dev.rnn4j.random.Philox;
import java.util.Optional;
import java.util.random.RandomGenerator;

/** The cells that are measured. */
enum MeasuredCell {
  ELMAN("elman", 1, ElmanCell::of, Fused.ELMAN),
  USER_GRU("user-gru", 3, UserGru::of, Fused.GRU),
  USER_LSTM("user-lstm", 4, UserLstm::of, Fused.LSTM);

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

  private interface Draw {
    Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random);
  }

  /** Which of the steps written by hand is a cell's reference. */
  private enum Fused {
    ELMAN,
    GRU,
    LSTM,
    NONE;

    /** A class of its own for each, because they need a module that may be missing. */
    FusedStep create(Sizes s) {
      return switch (this) {
        case ELMAN -> new FusedElman(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
        case GRU -> new FusedGru(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
        case LSTM -> new FusedLstm(s.n(), s.t(), s.i(), s.h(), CellStep.RATE);
        case NONE -> throw new IllegalStateException("no such step was written by hand");
      };
    }
  }

  /** Returns the cell with drawn weights. */
  Cell<?> cell(Sizes sizes) {
    return draw.of(sizes.i(), sizes.h(), new Philox(SEED));
  }

  /** Returns the number of products with W and U in a step. */
  int gates() {
    return gates;
  }

  /**
   * Returns the hand-fused step, where there is one and it can run. It begins with the parameters
   * of {@link #cell}, which has W, U and b of each gate in the order of its gates.
   */
  Optional<FusedStep> fused(Sizes sizes) {
    if (fused == Fused.NONE || !Kernels.hasVectorModule()) {
      return Optional.empty();
    }
    FusedStep step = fused.create(sizes);
    step.set(CellStep.sequences(sizes));
    float[][] values =
        Parameters.of(cell(sizes)).values().stream()
            .map(parameter -> parameter.initial().toFloats())
            .toArray(float[][]::new);
    for (int gate = 0; gate < gates; gate++) {
      step.setGate(gate, values[3 * gate], values[3 * gate + 1], values[3 * gate + 2]);
    }
    return Optional.of(step);
  }

  @Override
  public String toString() {
    return text;
  }
}
