package dev.rnn4j.cell;

import static dev.rnn4j.cell.Plainly.blend;
import static dev.rnn4j.cell.Plainly.each;
import static dev.rnn4j.cell.Plainly.sigmoid;
import static dev.rnn4j.cell.Plainly.tanh;
import static dev.rnn4j.cell.Plainly.times;

import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;

/** The cells of the library, with their parameters' paths and their equations in plain numbers. */
enum CellCase {
  ELMAN(ElmanCell.class, CellCase::elman, Parts.gates("gate")),
  LSTM(LstmCell.class, CellCase::lstm, Parts.gates("input", "forget", "candidate", "output")),
  GRU(GruCell.class, CellCase::gru, Parts.gates("reset", "update", "candidate")),
  GRU_RESET_AFTER(
      GruResetAfterCell.class,
      CellCase::gruResetAfter,
      Parts.gates("reset", "update", "candidate"),
      Stream.of("candidate.biasHh")),
  MGU(MguCell.class, CellCase::mgu, Parts.gates("forget", "candidate")),
  LAYER_NORM_LSTM(
      LayerNormLstmCell.class,
      CellCase::layerNormLstm,
      Parts.normalised("input", "forget", "candidate", "output"),
      Stream.of("cellNorm.scale", "cellNorm.shift"));

  /** A step in plain numbers: the input and the state before it, to the state after it. */
  private interface Equations {
    double[][] step(Plainly p, double[] x, double[][] state);
  }

  private final Class<? extends Cell<?>> type;
  private final Equations equations;
  private final List<String> paths;

  @SafeVarargs
  CellCase(Class<? extends Cell<?>> type, Equations equations, Stream<String>... paths) {
    this.type = type;
    this.equations = equations;
    List<String> all = new ArrayList<>();
    for (Stream<String> part : paths) {
      part.forEach(all::add);
    }
    this.paths = List.copyOf(all);
  }

  Class<? extends Cell<?>> type() {
    return type;
  }

  /** Returns the paths of the parameters, in order. */
  List<String> paths() {
    return paths;
  }

  /** Returns the state after a step of one sequence; its first part is the output too. */
  double[][] step(Plainly p, double[] x, double[][] state) {
    return equations.step(p, x, state);
  }

  /** Returns a cell from the factory that every cell has. */
  Cell<?> of(int inputSize, int hiddenSize, RandomGenerator random)
      throws ReflectiveOperationException {
    return type.cast(
        type.getMethod("of", int.class, int.class, RandomGenerator.class)
            .invoke(null, inputSize, hiddenSize, random));
  }

  private static double[][] elman(Plainly p, double[] x, double[][] state) {
    return new double[][] {tanh(p.sum("gate", x, state[0]))};
  }

  private static double[][] lstm(Plainly p, double[] x, double[][] state) {
    double[] h = state[0];
    double[] i = sigmoid(p.sum("input", x, h));
    double[] f = sigmoid(p.sum("forget", x, h));
    double[] g = tanh(p.sum("candidate", x, h));
    double[] o = sigmoid(p.sum("output", x, h));
    double[] c = each(h.length, j -> f[j] * state[1][j] + i[j] * g[j]);
    return new double[][] {times(o, tanh(c)), c};
  }

  private static double[][] layerNormLstm(Plainly p, double[] x, double[][] state) {
    double[] h = state[0];
    double[] i = sigmoid(p.normalised("input", x, h));
    double[] f = sigmoid(p.normalised("forget", x, h));
    double[] g = tanh(p.normalised("candidate", x, h));
    double[] o = sigmoid(p.normalised("output", x, h));
    double[] c = each(h.length, j -> f[j] * state[1][j] + i[j] * g[j]);
    return new double[][] {times(o, tanh(p.norm("cellNorm", c))), c};
  }

  private static double[][] gru(Plainly p, double[] x, double[][] state) {
    double[] h = state[0];
    double[] r = sigmoid(p.sum("reset", x, h));
    double[] z = sigmoid(p.sum("update", x, h));
    double[] n = tanh(p.sum("candidate", x, times(r, h)));
    return new double[][] {blend(z, n, h)};
  }

  private static double[][] gruResetAfter(Plainly p, double[] x, double[][] state) {
    double[] h = state[0];
    double[] r = sigmoid(p.sum("reset", x, h));
    double[] z = sigmoid(p.sum("update", x, h));
    double[] fromX = each(h.length, j -> p.product("candidate.weightIh", x, j));
    double[] fromH = each(h.length, j -> p.product("candidate.weightHh", h, j));
    double[] a =
        each(
            h.length,
            j ->
                fromX[j]
                    + p.get("candidate.bias", j)
                    + r[j] * (fromH[j] + p.get("candidate.biasHh", j)));
    return new double[][] {blend(z, tanh(a), h)};
  }

  private static double[][] mgu(Plainly p, double[] x, double[][] state) {
    double[] h = state[0];
    double[] f = sigmoid(p.sum("forget", x, h));
    double[] g = tanh(p.sum("candidate", x, times(f, h)));
    return new double[][] {blend(f, h, g)};
  }

  /** The parameters' paths of gates. */
  private static final class Parts {
    static Stream<String> gates(String... gates) {
      return paths(List.of("weightIh", "weightHh", "bias"), gates);
    }

    static Stream<String> normalised(String... gates) {
      return paths(List.of("weightIh", "weightHh", "norm.scale", "norm.shift"), gates);
    }

    private static Stream<String> paths(List<String> parts, String... gates) {
      return Stream.of(gates).flatMap(gate -> parts.stream().map(part -> gate + "." + part));
    }
  }
}
