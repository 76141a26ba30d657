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

import com.google.common.collect.ImmutableMap;
import java.util.Locale;

/** The tasks of the table, each with the cells that are tried on it and what was published. */
enum ComparedTask {
  PARITY(
      new Counting(2),
      new Training(2000, 5e-3, 1e-3, 3),
      new Unit("%", 50),
      ImmutableMap.<ComparedCell, String>builder()
          .put(LSTM, "100.0 [1]")
          .put(SLSTM, "solved [2]")
          .put(GRU, "-")
          .put(ELMAN, "100.0 [1]")
          .put(MLSTM, "not solved [2]")
          .put(S6, "not solved [2]")
          .put(MINIMAL_GRU, "impossible [3]")
          .put(POSITIVE_LRU, "impossible [3]")
          .build()),
  MOD_3(
      new Counting(3),
      new Training(2000, 5e-3, 1e-3, 3),
      new Unit("%", 100.0 / 3),
      ImmutableMap.<ComparedCell, String>builder()
          .put(LSTM, "100.0, modulo 5 [1]")
          .put(SLSTM, "-")
          .put(GRU, "-")
          .put(MLSTM, "-")
          .put(MINIMAL_GRU, "impossible [3]")
          .put(POSITIVE_LRU, "impossible [3]")
          .build()),
  ADDING(
      new AddingTask(600),
      new Training(2000, 5e-3, 3e-4, 2),
      new Unit("mse", 1 / 6.0),
      ImmutableMap.<ComparedCell, String>builder()
          .put(LSTM, "-")
          .put(GRU, "-")
          .put(MINIMAL_GRU, "-")
          .put(IND_RNN, "solved, T = 5000 [4]")
          .put(CO_RNN, "solved, T = 5000 [5]")
          .put(LEM, "solved, T = 10000 [6]")
          .put(LRU, "-")
          .build()),
  SELECTIVE_COPYING(
      Recall.selective(8, 56),
      new Training(2500, 5e-3, 5e-3, 2),
      new Unit("%", 12.5),
      ImmutableMap.<ComparedCell, String>builder()
          .put(LSTM, "-")
          .put(GRU, "-")
          .put(MINIMAL_GRU, "96.8, T = 4096 [7]")
          .put(MINIMAL_LSTM, "85.7, T = 4096 [7]")
          .put(S6, "97.0, T = 4096 [8]")
          .put(MLSTM, "-")
          .put(LRU, "18.3 by S4 [8]")
          .build()),
  OSCILLATORS(
      new IrregularOscillators(),
      new Training(2500, 5e-3, 1e-4, 3),
      new Unit("mse", 0.5),
      ImmutableMap.of(CFC, "-", LSTM, "-", LSTM_WITH_TIME, "-")),
  COPYING(
      Recall.copying(200),
      new Training(1500, 3e-3, 5e-3, 2),
      new Unit("%", 12.5),
      ImmutableMap.of(LSTM, "chance [9]", GRU, "-", LRU, "-", LIN_OSS, "-", SLSTM, "-"));

  /** Where what was published was published; sizes and settings are other ones there. */
  static final String SOURCES =
      """
      [1] Delétang et al., "Neural Networks and the Chomsky Hierarchy", 2023: trained to 40, tried to 500
      [2] Beck et al., "xLSTM", 2024: trained to 40, tried to 256
      [3] Grazzi et al., "Unlocking State-Tracking in Linear RNNs Through Negative Eigenvalues", 2025: \
      no linear recurrence with positive eigenvalues can, in finite precision
      [4] Li et al., "Independently Recurrent Neural Network (IndRNN)", 2018
      [5] Rusch and Mishra, "Coupled Oscillatory Recurrent Neural Network (coRNN)", 2021
      [6] Rusch et al., "Long Expressive Memory for Sequence Modeling", 2022
      [7] Feng et al., "Were RNNs All We Needed?", 2024: two layers, 16 symbols of 4096 steps
      [8] Gu and Dao, "Mamba", 2023: two layers, 16 symbols of 4096 steps
      [9] Arjovsky, Shah and Bengio, "Unitary Evolution Recurrent Neural Networks", 2016""";

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

  private final Task task;
  private final Training training;
  private final Unit unit;
  private final ImmutableMap<ComparedCell, String> published;

  ComparedTask(
      Task task, Training training, Unit unit, ImmutableMap<ComparedCell, String> published) {
    this.task = task;
    this.training = training;
    this.unit = unit;
    this.published = published;
  }

  Task task() {
    return task;
  }

  Training training() {
    return training;
  }

  Unit unit() {
    return unit;
  }

  /** Returns the cells that are tried, each with what was published of it. */
  ImmutableMap<ComparedCell, String> published() {
    return published;
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
