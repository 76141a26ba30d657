package dev.rnn4j.cell;

import static dev.rnn4j.cell.Plainly.blend;
import static dev.rnn4j.cell.Plainly.each;
import static dev.rnn4j.cell.Plainly.map;
import static dev.rnn4j.cell.Plainly.sigmoid;
import static dev.rnn4j.cell.Plainly.tanh;
import static dev.rnn4j.cell.Plainly.times;

import dev.rnn4j.part.InputGate;
import java.util.List;
import java.util.Random;
import java.util.function.Function;

/**
 * Cells from papers, with their equations in plain numbers, for one sequence. Inputs have 4
 * numbers.
 */
enum PaperCase {
  PROJECTED_LSTM(r -> ProjectedLstmCell.of(4, 5, 3, r), PaperCase::projectedLstm),
  PEEPHOLE_LSTM(r -> PeepholeLstmCell.of(4, 5, r), PaperCase::peepholeLstm),
  COUPLED_LSTM(r -> CoupledLstmCell.of(4, 5, r), PaperCase::coupledLstm),
  JANET(r -> JanetCell.of(4, 5, r), PaperCase::janet),
  IND_RNN(
      r -> {
        IndRnnCell cell = IndRnnCell.of(4, 5, r);
        return new IndRnnCell(cell.input(), cell.recurrent(), Activation.TANH);
      },
      (p, x, s) -> {
        double[] a = input(p, "input", x, 5);
        return all(tanh(each(5, j -> a[j] + p.get("recurrent", j) * s[0][j])));
      }),
  LIGHT_GRU(r -> LightGruCell.of(4, 5, r), PaperCase::lightGru),
  MINIMAL_GRU(
      r -> MinimalGruCell.of(4, 5, r),
      (p, x, s) ->
          all(blend(sigmoid(input(p, "update", x, 5)), s[0], input(p, "candidate", x, 5)))),
  MINIMAL_LSTM(r -> MinimalLstmCell.of(4, 5, r), PaperCase::minimalLstm),
  CLOCKWORK(r -> ClockworkCell.of(4, 6, 3, r), PaperCase::clockwork),
  CO_RNN(r -> CoRnnCell.of(4, 5, r), PaperCase::coRnn),
  LEM(
      r -> {
        LemCell c = LemCell.of(4, 5, r);
        return new LemCell(c.memoryScale(), c.outputScale(), c.memory(), c.output(), 0.5);
      },
      PaperCase::lem),
  IMPLICIT_LIN_OSS(r -> ImplicitLinOssCell.of(4, 5, 3, r), PaperCase::implicitLinOss),
  IMEX_LIN_OSS(r -> ImexLinOssCell.of(4, 5, 3, r), PaperCase::imexLinOss),
  LRU(r -> LruCell.of(4, 5, 3, r), PaperCase::lru),
  RG_LRU(r -> RgLruCell.of(4, r), PaperCase::rgLru),
  SELECTIVE_SSM(r -> SelectiveSsmCell.of(4, 3, r), PaperCase::selectiveSsm),
  SLSTM(r -> SlstmCell.of(4, 5, r), (p, x, s) -> slstm(p, x, s, false)),
  SLSTM_EXPONENTIAL(
      r -> {
        SlstmCell c = SlstmCell.of(4, 5, r);
        return new SlstmCell(
            c.input(), c.forget(), c.candidate(), c.output(), ForgetGate.EXPONENTIAL);
      },
      (p, x, s) -> slstm(p, x, s, true)),
  MLSTM(r -> MlstmCell.of(4, 6, 2, r), (p, x, s) -> mlstm(p, x, s, false)),
  MLSTM_EXPONENTIAL(
      r -> {
        MlstmCell c = MlstmCell.of(4, 6, 2, r);
        InputGate input = c.input();
        return new MlstmCell(
            c.query(), c.key(), c.value(), c.output(), input, c.forget(), ForgetGate.EXPONENTIAL);
      },
      (p, x, s) -> mlstm(p, x, s, true)),
  CFC(r -> CfcCell.of(3, 5, r), PaperCase::cfc);

  /** From the input and the components of the state to the output and those after the step. */
  interface Equations {
    double[][] step(Plainly p, double[] x, double[][] state);
  }

  private final Function<Random, Cell<?>> factory;
  private final Equations equations;

  PaperCase(Function<Random, Cell<?>> factory, Equations equations) {
    this.factory = factory;
    this.equations = equations;
  }

  Cell<?> of(Random random) {
    return factory.apply(random);
  }

  double[][] step(Plainly p, double[] x, double[][] state) {
    return equations.step(p, x, state);
  }

  // ---------------------------------------------------------------- parts

  /** An output that is all of the state. */
  private static double[][] all(double[] h) {
    return new double[][] {h, h};
  }

  private static double[] input(Plainly p, String gate, double[] x, int size) {
    return each(size, j -> p.product(gate + ".weightIh", x, j) + p.get(gate + ".bias", j));
  }

  private static double[] linear(Plainly p, String part, double[] x, int size) {
    return each(size, j -> p.product(part + ".weight", x, j));
  }

  /** x·W + h·U + b for a hidden state of another size. */
  private static double[] gate(Plainly p, String gate, double[] x, double[] h, int size) {
    double[] own = input(p, gate, x, size);
    return each(size, j -> own[j] + p.product(gate + ".weightHh", h, j));
  }

  private static double softplus(double a) {
    return Math.log1p(Math.exp(a));
  }

  // ---------------------------------------------------------------- equations

  private static double[][] projectedLstm(Plainly p, double[] x, double[][] s) {
    double[] i = sigmoid(gate(p, "input", x, s[0], 5));
    double[] f = sigmoid(gate(p, "forget", x, s[0], 5));
    double[] g = tanh(gate(p, "candidate", x, s[0], 5));
    double[] o = sigmoid(gate(p, "output", x, s[0], 5));
    double[] c = each(5, j -> f[j] * s[1][j] + i[j] * g[j]);
    double[] h = linear(p, "projection", times(o, tanh(c)), 3);
    return new double[][] {h, h, c};
  }

  private static double[][] peepholeLstm(Plainly p, double[] x, double[][] s) {
    double[] a = p.sum("input", x, s[0]);
    double[] b = p.sum("forget", x, s[0]);
    double[] g = tanh(p.sum("candidate", x, s[0]));
    double[] d = p.sum("output", x, s[0]);
    double[] i = sigmoid(each(5, j -> a[j] + p.get("inputPeephole", j) * s[1][j]));
    double[] f = sigmoid(each(5, j -> b[j] + p.get("forgetPeephole", j) * s[1][j]));
    double[] c = each(5, j -> f[j] * s[1][j] + i[j] * g[j]);
    double[] o = sigmoid(each(5, j -> d[j] + p.get("outputPeephole", j) * c[j]));
    double[] h = times(o, tanh(c));
    return new double[][] {h, h, c};
  }

  private static double[][] coupledLstm(Plainly p, double[] x, double[][] s) {
    double[] f = sigmoid(p.sum("forget", x, s[0]));
    double[] g = tanh(p.sum("candidate", x, s[0]));
    double[] o = sigmoid(p.sum("output", x, s[0]));
    double[] c = each(5, j -> f[j] * s[1][j] + (1 - f[j]) * g[j]);
    double[] h = times(o, tanh(c));
    return new double[][] {h, h, c};
  }

  private static double[][] janet(Plainly p, double[] x, double[][] s) {
    double[] a = p.sum("forget", x, s[0]);
    double[] g = tanh(p.sum("candidate", x, s[0]));
    double[] f = sigmoid(a);
    double[] k = sigmoid(map(a, v -> v - 1));
    return all(each(5, j -> f[j] * s[0][j] + (1 - k[j]) * g[j]));
  }

  private static double[][] lightGru(Plainly p, double[] x, double[][] s) {
    double[][] sums = new double[2][];
    List<String> gates = List.of("update", "candidate");
    for (int k = 0; k < 2; k++) {
      String gate = gates.get(k);
      double[] in = p.norm(gate + ".norm", each(5, j -> p.product(gate + ".weightIh", x, j)));
      sums[k] = each(5, j -> in[j] + p.product(gate + ".weightHh", s[0], j));
    }
    double[] z = sigmoid(sums[0]);
    double[] n = map(sums[1], v -> Math.max(v, 0));
    return all(blend(z, n, s[0]));
  }

  private static double[][] minimalLstm(Plainly p, double[] x, double[][] s) {
    double[] f = sigmoid(input(p, "forget", x, 5));
    double[] i = sigmoid(input(p, "input", x, 5));
    double[] n = input(p, "candidate", x, 5);
    return all(each(5, j -> (f[j] * s[0][j] + i[j] * n[j]) / (f[j] + i[j])));
  }

  /** Units 0 and 1 every step, 2 and 3 every second, 4 and 5 every fourth; s[1] counts down. */
  private static double[][] clockwork(Plainly p, double[] x, double[][] s) {
    double[] next = new double[6];
    double[] left = new double[6];
    for (int j = 0; j < 6; j++) {
      if (s[1][j] == 0) {
        double a = p.product("gate.weightIh", x, j) + p.get("gate.bias", j);
        for (int i = j / 2 * 2; i < 6; i++) {
          a += s[0][i] * p.parameters().get("gate.weightHh").get(i, j);
        }
        next[j] = Math.tanh(a);
        left[j] = (1 << j / 2) - 1;
      } else {
        next[j] = s[0][j];
        left[j] = s[1][j] - 1;
      }
    }
    return new double[][] {next, next, left};
  }

  private static double[][] coRnn(Plainly p, double[] x, double[][] s) {
    double[] a = p.sum("gate", x, s[0]);
    double[] b = linear(p, "velocity", s[1], 5);
    double[] z =
        each(
            5,
            j -> s[1][j] + 0.05 * Math.tanh(a[j] + b[j]) - 0.05 * 3 * s[0][j] - 0.05 * 5 * s[1][j]);
    double[] y = each(5, j -> s[0][j] + 0.05 * z[j]);
    return new double[][] {y, y, z};
  }

  private static double[][] lem(Plainly p, double[] x, double[][] s) {
    double[] d = map(sigmoid(p.sum("memoryScale", x, s[0])), v -> 0.5 * v);
    double[] e = map(sigmoid(p.sum("outputScale", x, s[0])), v -> 0.5 * v);
    double[] z = blend(d, s[1], tanh(p.sum("memory", x, s[0])));
    double[] y = blend(e, s[0], tanh(p.sum("output", x, z)));
    return new double[][] {y, y, z};
  }

  /** Solves z′ = z + Δt(−A·y′ + u·B), y′ = y + Δt·z′ for z′. */
  private static double[][] implicitLinOss(Plainly p, double[] u, double[][] s) {
    double[] b = linear(p, "oscillators.force", u, 5);
    double[] z = new double[5];
    double[] y = new double[5];
    for (int j = 0; j < 5; j++) {
      double a = Math.max(p.get("oscillators.frequency", j), 0);
      double dt = 1 / (1 + Math.exp(-p.get("oscillators.timeStep", j)));
      z[j] = (s[1][j] + dt * (b[j] - a * s[0][j])) / (1 + dt * dt * a);
      y[j] = s[0][j] + dt * z[j];
    }
    return new double[][] {shown(p, u, y), y, z};
  }

  private static double[][] imexLinOss(Plainly p, double[] u, double[][] s) {
    double[] b = linear(p, "oscillators.force", u, 5);
    double[] z = new double[5];
    double[] y = new double[5];
    for (int j = 0; j < 5; j++) {
      double a = Math.max(p.get("oscillators.frequency", j), 0);
      double dt = 1 / (1 + Math.exp(-p.get("oscillators.timeStep", j)));
      z[j] = s[1][j] + dt * (-a * s[0][j] + b[j]);
      y[j] = s[0][j] + dt * z[j];
    }
    return new double[][] {shown(p, u, y), y, z};
  }

  private static double[] shown(Plainly p, double[] u, double[] y) {
    double[] c = linear(p, "oscillators.output", y, 3);
    double[] d = linear(p, "oscillators.skip", u, 3);
    return each(3, j -> c[j] + d[j]);
  }

  private static double[][] lru(Plainly p, double[] u, double[][] s) {
    double[] bRe = linear(p, "inputRe", u, 5);
    double[] bIm = linear(p, "inputIm", u, 5);
    double[] re = new double[5];
    double[] im = new double[5];
    for (int j = 0; j < 5; j++) {
      double radius = Math.exp(-Math.exp(p.get("nu", j)));
      double angle = Math.exp(p.get("theta", j));
      double gamma = Math.exp(p.get("gamma", j));
      double a = radius * Math.cos(angle);
      double b = radius * Math.sin(angle);
      re[j] = a * s[0][j] - b * s[1][j] + gamma * bRe[j];
      im[j] = a * s[1][j] + b * s[0][j] + gamma * bIm[j];
    }
    double[] cRe = linear(p, "outputRe", re, 3);
    double[] cIm = linear(p, "outputIm", im, 3);
    double[] d = linear(p, "skip", u, 3);
    return new double[][] {each(3, j -> cRe[j] - cIm[j] + d[j]), re, im};
  }

  private static double[][] rgLru(Plainly p, double[] x, double[][] s) {
    double[] r = sigmoid(input(p, "recurrence", x, 4));
    double[] i = sigmoid(input(p, "input", x, 4));
    return all(
        each(
            4,
            j -> {
              double a = Math.pow(1 / (1 + Math.exp(-p.get("lambda", j))), 8 * r[j]);
              return a * s[0][j] + Math.sqrt(1 - a * a) * i[j] * x[j];
            }));
  }

  private static double[][] selectiveSsm(Plainly p, double[] x, double[][] s) {
    double[] low = linear(p, "rank", x, 1);
    double[] delta = map(input(p, "timeStep", low, 4), PaperCase::softplus);
    double[] b = linear(p, "input", x, 3);
    double[] c = linear(p, "output", x, 3);
    double[] h = new double[12];
    double[] y = new double[4];
    for (int d = 0; d < 4; d++) {
      y[d] = p.get("skip", d) * x[d];
      for (int k = 0; k < 3; k++) {
        double a = -Math.exp(p.parameters().get("decay").get(d, k));
        double kept = Math.exp(delta[d] * a);
        h[3 * d + k] =
            kept * s[0][3 * d + k] + 1 / (delta[d] * a) * (kept - 1) * delta[d] * b[k] * x[d];
        y[d] += c[k] * h[3 * d + k];
      }
    }
    return new double[][] {y, h};
  }

  private static double logF(double a, boolean exponential) {
    return exponential ? a : -softplus(-a);
  }

  /** h without the stabiliser: c and n as they would be are those of the state times eᵐ. */
  private static double[][] slstm(Plainly p, double[] x, double[][] s, boolean exponential) {
    double[] i = map(p.sum("input", x, s[0]), Math::exp);
    double[] f = map(p.sum("forget", x, s[0]), a -> Math.exp(logF(a, exponential)));
    double[] z = tanh(p.sum("candidate", x, s[0]));
    double[] o = sigmoid(p.sum("output", x, s[0]));
    double[] c = each(5, j -> f[j] * s[1][j] * Math.exp(s[3][j]) + i[j] * z[j]);
    double[] n = each(5, j -> f[j] * s[2][j] * Math.exp(s[3][j]) + i[j]);
    double[] m = each(5, j -> Math.max(Math.log(f[j]) + s[3][j], Math.log(i[j])));
    double[] h = each(5, j -> o[j] * c[j] / n[j]);
    return new double[][] {
      h, h, each(5, j -> c[j] * Math.exp(-m[j])), each(5, j -> n[j] * Math.exp(-m[j])), m
    };
  }

  /** Two heads of three units; likewise without the stabiliser. */
  private static double[][] mlstm(Plainly p, double[] x, double[][] s, boolean exponential) {
    double[] q = input(p, "query", x, 6);
    double[] k =
        each(6, j -> p.product("key.weightIh", x, j) / Math.sqrt(3) + p.get("key.bias", j));
    double[] v = input(p, "value", x, 6);
    double[] o = sigmoid(input(p, "output", x, 6));
    double[] i = map(input(p, "input", x, 2), Math::exp);
    double[] f = map(input(p, "forget", x, 2), a -> Math.exp(logF(a, exponential)));
    double[] c = new double[18];
    double[] n = new double[6];
    double[] m = each(2, j -> Math.max(Math.log(f[j]) + s[2][j], Math.log(i[j])));
    double[] h = new double[6];
    for (int head = 0; head < 2; head++) {
      double big = Math.exp(s[2][head]);
      double small = Math.exp(-m[head]);
      double norm = 0;
      for (int b = 0; b < 3; b++) {
        int at = 3 * head + b;
        n[at] = f[head] * big * s[1][at] + i[head] * k[at];
        norm += n[at] * q[at];
      }
      for (int a = 0; a < 3; a++) {
        double read = 0;
        for (int b = 0; b < 3; b++) {
          int at = 9 * head + 3 * a + b;
          c[at] = f[head] * big * s[0][at] + i[head] * v[3 * head + a] * k[3 * head + b];
          read += c[at] * q[3 * head + b];
          c[at] *= small;
        }
        h[3 * head + a] = o[3 * head + a] * read / Math.max(Math.abs(norm), 1);
      }
      for (int b = 0; b < 3; b++) {
        n[3 * head + b] *= small;
      }
    }
    return new double[][] {h, c, n, m};
  }

  private static double[][] cfc(Plainly p, double[] in, double[][] s) {
    double[] x = each(3, j -> in[j]);
    double[] f = p.sum("time", x, s[0]);
    double[] g = tanh(p.sum("near", x, s[0]));
    double[] k = tanh(p.sum("far", x, s[0]));
    double[] b = sigmoid(map(f, v -> -v * in[3]));
    return all(each(5, j -> b[j] * g[j] + (1 - b[j]) * k[j]));
  }
}
