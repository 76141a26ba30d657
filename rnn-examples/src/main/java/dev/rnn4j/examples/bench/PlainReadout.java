package dev.rnn4j.examples.bench;

import dev.rnn4j.init.Initializer;
import dev.rnn4j.init.Initializers;
import dev.rnn4j.random.NumpyRandom;
import dev.rnn4j.tensor.Shape;
import java.util.Arrays;

/**
 * The recurrent layer of document 002 with one output, written by hand: forward, backward and
 * update for one sequence at a time.
 */
final class PlainReadout {
  private final int inputSize;
  private final int hiddenSize;
  private final int steps;
  private final double[] wi;
  private final double[] wh;
  private final double[] wo;
  private final double[] bo;
  private final double[] bi;

  private final double[] dwi;
  private final double[] dwh;
  private final double[] dwo;
  private final double[] dbi;
  private final double[] h;
  private final double[] g;
  private final double[] gNext;
  private final double[] dx;
  private final double[] y;
  private double[] x;

  PlainReadout(int steps, int inputSize, int hiddenSize, NumpyRandom random) {
    this.inputSize = inputSize;
    this.hiddenSize = hiddenSize;
    this.steps = steps;
    Initializer uniform = Initializers.reciprocalRootUniform(hiddenSize);
    wi = uniform.create(Shape.of(inputSize, hiddenSize), random).toDoubles();
    wh = uniform.create(Shape.of(hiddenSize, hiddenSize), random).toDoubles();
    wo = uniform.create(Shape.of(hiddenSize), random).toDoubles();
    bo = uniform.create(Shape.of(1), random).toDoubles();
    bi = uniform.create(Shape.of(hiddenSize), random).toDoubles();
    dwi = new double[wi.length];
    dwh = new double[wh.length];
    dwo = new double[wo.length];
    dbi = new double[bi.length];
    h = new double[steps * hiddenSize];
    g = new double[hiddenSize];
    gNext = new double[hiddenSize];
    dx = new double[steps * inputSize];
    y = new double[steps];
  }

  int steps() {
    return steps;
  }

  /** Returns the outputs, one a step; they are overwritten by the next call. */
  double[] forward(double[] sequence) {
    x = sequence;
    for (int t = 0; t < steps; t++) {
      double sum = bo[0];
      for (int j = 0; j < hiddenSize; j++) {
        double z = bi[j];
        for (int i = 0; i < inputSize; i++) {
          z += x[t * inputSize + i] * wi[i * hiddenSize + j];
        }
        for (int k = 0; k < hiddenSize && t > 0; k++) {
          z += h[(t - 1) * hiddenSize + k] * wh[k * hiddenSize + j];
        }
        double tanh = Math.tanh(z);
        h[t * hiddenSize + j] = tanh;
        sum += tanh * wo[j];
      }
      y[t] = sum;
    }
    return y;
  }

  /** Updates the parameters; returns the gradients of the inputs before. */
  double[] backward(double[] dy, double rate) {
    Arrays.fill(dwi, 0);
    Arrays.fill(dwh, 0);
    Arrays.fill(dwo, 0);
    Arrays.fill(dbi, 0);
    Arrays.fill(gNext, 0);
    double dbo = 0;
    for (int t = steps - 1; t >= 0; t--) {
      dbo += dy[t];
      for (int j = 0; j < hiddenSize; j++) {
        double ht = h[t * hiddenSize + j];
        dwo[j] += ht * dy[t];
        double dh = dy[t] * wo[j];
        for (int k = 0; k < hiddenSize; k++) {
          dh += gNext[k] * wh[j * hiddenSize + k];
        }
        g[j] = dh * (1 - ht * ht);
        dbi[j] += g[j];
      }
      for (int i = 0; i < inputSize; i++) {
        double sum = 0;
        for (int j = 0; j < hiddenSize; j++) {
          dwi[i * hiddenSize + j] += x[t * inputSize + i] * g[j];
          sum += wi[i * hiddenSize + j] * g[j];
        }
        dx[t * inputSize + i] = sum;
      }
      for (int k = 0; k < hiddenSize && t > 0; k++) {
        for (int j = 0; j < hiddenSize; j++) {
          dwh[k * hiddenSize + j] += h[(t - 1) * hiddenSize + k] * g[j];
        }
      }
      System.arraycopy(g, 0, gNext, 0, hiddenSize);
    }
    subtract(wi, dwi, rate);
    subtract(wh, dwh, rate);
    subtract(wo, dwo, rate);
    subtract(bi, dbi, rate);
    bo[0] -= rate * dbo;
    return dx;
  }

  private static void subtract(double[] parameter, double[] gradient, double rate) {
    for (int i = 0; i < parameter.length; i++) {
      parameter[i] -= rate * gradient[i];
    }
  }
}
