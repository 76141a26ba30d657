package dev.rnn4j.examples.compared;

import static dev.rnn4j.examples.compared.ComparedCell.CFC;
import static dev.rnn4j.examples.compared.ComparedCell.CO_RNN;
import static dev.rnn4j.examples.compared.ComparedCell.ELMAN;
import static dev.rnn4j.examples.compared.ComparedCell.GRU;
import static dev.rnn4j.examples.compared.ComparedCell.IND_RNN;
import static dev.rnn4j.examples.compared.ComparedCell.LEM;
import static dev.rnn4j.examples.compared.ComparedCell.LIN_OSS;
import static dev.rnn4j.examples.compared.ComparedCell.LRU;
import static dev.rnn4j.examples.compared.ComparedCell.LSTM;
import static dev.rnn4j.examples.compared.ComparedCell.LSTM_WITH_TIME;
import static dev.rnn4j.examples.compared.ComparedCell.MINIMAL_GRU;
import static dev.rnn4j.examples.compared.ComparedCell.MINIMAL_LSTM;
import static dev.rnn4j.examples.compared.ComparedCell.MLSTM;
import static dev.rnn4j.examples.compared.ComparedCell.POSITIVE_LRU;
import static dev.rnn4j.examples.compared.ComparedCell.S6;
import static dev.rnn4j.examples.compared.ComparedCell.SLSTM;

import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The tasks of the table, each with the cells that are tried on it and what was published. */
enum ComparedTask {
  PARITY(
      new Counting(2),
      new Training(2000, 5e-3, 1e-3, 3),
      new Unit("%", 50),
      List.of(LSTM, SLSTM, GRU, ELMAN, MLSTM, S6, MINIMAL_GRU, POSITIVE_LRU),
      Map.of(
          LSTM, "100.0 [1]",
          ELMAN, "100.0 [1]",
          SLSTM, "1.00 of 1 [2]",
          MLSTM, "0.04 of 1 [2]",
          S6, "0.00 of 1 [3]",
          MINIMAL_GRU, "impossible [4]",
          POSITIVE_LRU, "impossible [4]")),
  MOD_3(
      new Counting(3),
      new Training(2000, 5e-3, 1e-3, 3),
      new Unit("%", 100.0 / 3),
      List.of(LSTM, SLSTM, GRU, MLSTM, MINIMAL_GRU, POSITIVE_LRU),
      Map.of(MINIMAL_GRU, "impossible [4]", POSITIVE_LRU, "impossible [4]")),
  ADDING(
      new AddingTask(600),
      new Training(2000, 5e-3, 3e-4, 2),
      new Unit("mse", 1 / 6.0),
      List.of(LSTM, GRU, MINIMAL_GRU, IND_RNN, CO_RNN, LEM, LRU),
      Map.of(LEM, "0.00005, T = 2000 [5]")),
  SELECTIVE_COPYING(
      Recall.selective(8, 56),
      new Training(2500, 5e-3, 5e-3, 2),
      new Unit("%", 12.5),
      List.of(LSTM, GRU, MINIMAL_GRU, MINIMAL_LSTM, S6, MLSTM, LRU),
      Map.of(
          MINIMAL_GRU, "99.5, T = 4096 [6]",
          MINIMAL_LSTM, "96.0, T = 4096 [6]",
          S6, "97.0, T = 4096 [7]",
          LRU, "18.3 by S4 [7]")),
  OSCILLATORS(
      new IrregularOscillators(),
      new Training(2500, 5e-3, 1e-4, 3),
      new Unit("mse", 0.5),
      List.of(CFC, LSTM, LSTM_WITH_TIME),
      Map.of()),
  COPYING(
      Recall.copying(200),
      new Training(1500, 3e-3, 5e-3, 2),
      new Unit("%", 12.5),
      List.of(LSTM, GRU, LRU, LIN_OSS, SLSTM),
      Map.of());

  /** Where what was published was published; sizes and settings are other ones there. */
  static final String SOURCES =
      """
      -   no number found for this task
      [1] Delétang et al., "Neural Networks and the Chomsky Hierarchy", 2023, the table of scores: \
      asked for at the end; trained to 40, tried to 500
      [2] Beck et al., "xLSTM", 2024, formal languages: trained to 40, tried to 256; \
      0 is chance, and 1 all right
      [3] Mamba, tried as in [2] by [4], section 5.1
      [4] Grazzi et al., "Unlocking State-Tracking in Linear RNNs Through Negative Eigenvalues", 2025: \
      in finite precision, parity takes an eigenvalue that is not positive, and counting modulo 3 \
      matrices that are not triangular
      [5] Rusch et al., "Long Expressive Memory for Sequence Modeling", 2022: the last loss in the log \
      that comes with the authors' code
      [6] Feng et al., "Were RNNs All We Needed?", 2024: three layers, 16 symbols
      [7] Gu and Dao, "Mamba", 2023, the table of selective copying, without gates around: \
      two layers, 16 symbols""";

  /**
   * How a task is learned.
   *
   * @param updates the most updates
   * @param rate the learning rate at the beginning
   * @param enough the mean loss of the last updates with which it is learned
   * @param seeds from how many seeds
   */
  record Training(int updates, double rate, double enough, int seeds) {}

  /**
   * What a score is.
   *
   * @param name percent, of which more are better, or a mean square, of which less are
   * @param chance the score without any memory
   */
  record Unit(String name, double chance) {}

  private final SequenceTask task;
  private final Training training;
  private final Unit unit;
  private final List<ComparedCell> cells;
  private final Map<ComparedCell, String> published;

  ComparedTask(
      SequenceTask task,
      Training training,
      Unit unit,
      List<ComparedCell> cells,
      Map<ComparedCell, String> published) {
    this.task = task;
    this.training = training;
    this.unit = unit;
    this.cells = cells;
    this.published = published;
  }

  SequenceTask task() {
    return task;
  }

  Training training() {
    return training;
  }

  Unit unit() {
    return unit;
  }

  /** Returns the cells that are tried, in the order of the table. */
  List<ComparedCell> cells() {
    return cells;
  }

  /** Returns what was published of a cell on this task. */
  String published(ComparedCell cell) {
    return published.getOrDefault(cell, "-");
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
