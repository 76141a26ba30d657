package dev.rnn4j.forecast.internal.network;

import dev.rnn4j.cell.Cell;
import dev.rnn4j.cell.ElmanCell;
import dev.rnn4j.cell.GruCell;
import dev.rnn4j.cell.IndRnnCell;
import dev.rnn4j.cell.JanetCell;
import dev.rnn4j.cell.LemCell;
import dev.rnn4j.cell.LstmCell;
import dev.rnn4j.cell.MguCell;
import dev.rnn4j.cell.PeepholeLstmCell;
import java.util.Arrays;
import java.util.Locale;
import java.util.random.RandomGenerator;
import java.util.stream.Collectors;

/** The cells of the library that read a window. */
public enum CellKind {
  ELMAN(ElmanCell::of),
  GRU(GruCell::of),
  LSTM(LstmCell::of),
  MGU(MguCell::of),
  JANET(JanetCell::of),
  PEEPHOLE(PeepholeLstmCell::of),
  INDRNN(IndRnnCell::of),
  LEM(LemCell::of);

  private interface Factory {
    Cell<?> draw(int inputSize, int hiddenSize, RandomGenerator random);
  }

  private final Factory factory;

  CellKind(Factory factory) {
    this.factory = factory;
  }

  public Cell<?> draw(int inputSize, int hiddenSize, RandomGenerator random) {
    return factory.draw(inputSize, hiddenSize, random);
  }

  /** Returns the name as options and files have it. */
  public String key() {
    return name().toLowerCase(Locale.ROOT);
  }

  /** Returns all names. */
  public static String keys() {
    return Arrays.stream(values()).map(CellKind::key).collect(Collectors.joining(", "));
  }
}
