package dev.rnn4j.examples.bench;

import dev.rnn4j.random.NumpyRandom;
import java.util.Arrays;
import java.util.function.DoubleSupplier;

/** The update of the classifier, written by hand for its two classes. */
final class PlainClassifier implements DoubleSupplier {
  private static final int N = 4;
  private static final int T = 6;
  private static final int I = 3;
  private static final int H = 5;

  private final double rate;
  private final double[] wx;
  private final double[] wh;
  private final double[] b = new double[H];
  private final double[] wOut;
  private final double[] bOut = new double[2];
  private final double[] x;
  private final int[] labels;

  private final double[] h = new double[T * H];
  private final double[] g = new double[H];
  private final double[] gNext = new double[H];
  private final double[] dwx = new double[I * H];
  private final double[] dwh = new double[H * H];
  private final double[] db = new double[H];
  private final double[] dwOut = new double[H * 2];
  private final double[] dbOut = new double[2];

  PlainClassifier(NumpyRandom random, double rate) {
    this.rate = rate;
    wx = scaled(random.randn(I, H).toDoubles());
    wh = scaled(random.randn(H, H).toDoubles());
    wOut = scaled(random.randn(H, 2).toDoubles());
    x = random.randn(N, T, I).toDoubles();
    labels = random.choice(2, N);
  }

  private static double[] scaled(double[] normal) {
    return Arrays.stream(normal).map(value -> value * 0.01).toArray();
  }

  @Override
  public double getAsDouble() {
    Arrays.fill(dwx, 0);
    Arrays.fill(dwh, 0);
    Arrays.fill(db, 0);
    Arrays.fill(dwOut, 0);
    Arrays.fill(dbOut, 0);
    double loss = 0;
    for (int n = 0; n < N; n++) {
      forward(n * T * I);
      loss += backward(n * T * I, labels[n]);
    }
    subtract(wx, dwx);
    subtract(wh, dwh);
    subtract(b, db);
    subtract(wOut, dwOut);
    subtract(bOut, dbOut);
    return loss / N;
  }

  private void forward(int sequence) {
    for (int t = 0; t < T; t++) {
      for (int j = 0; j < H; j++) {
        double a = b[j];
        for (int i = 0; i < I; i++) {
          a += x[sequence + t * I + i] * wx[i * H + j];
        }
        for (int k = 0; k < H && t > 0; k++) {
          a += h[(t - 1) * H + k] * wh[k * H + j];
        }
        h[t * H + j] = Math.tanh(a);
      }
    }
  }

  private double backward(int sequence, int label) {
    int last = (T - 1) * H;
    double z0 = bOut[0];
    double z1 = bOut[1];
    for (int j = 0; j < H; j++) {
      z0 += h[last + j] * wOut[j * 2];
      z1 += h[last + j] * wOut[j * 2 + 1];
    }
    double top = Math.max(z0, z1);
    double logSum = top + Math.log(Math.exp(z0 - top) + Math.exp(z1 - top));
    double d0 = (Math.exp(z0 - logSum) - (label == 0 ? 1 : 0)) / N;
    double d1 = (Math.exp(z1 - logSum) - (label == 1 ? 1 : 0)) / N;
    dbOut[0] += d0;
    dbOut[1] += d1;
    for (int j = 0; j < H; j++) {
      dwOut[j * 2] += h[last + j] * d0;
      dwOut[j * 2 + 1] += h[last + j] * d1;
      g[j] = d0 * wOut[j * 2] + d1 * wOut[j * 2 + 1];
    }
    for (int t = T - 1; t >= 0; t--) {
      stepBack(t, sequence + t * I);
    }
    return logSum - (label == 0 ? z0 : z1);
  }

  /** Takes the gradient of the hidden state in {@code g} from one step to the one before it. */
  private void stepBack(int t, int xt) {
    for (int j = 0; j < H; j++) {
      double ht = h[t * H + j];
      g[j] *= 1 - ht * ht;
      db[j] += g[j];
      for (int i = 0; i < I; i++) {
        dwx[i * H + j] += x[xt + i] * g[j];
      }
    }
    for (int k = 0; k < H && t > 0; k++) {
      double sum = 0;
      for (int j = 0; j < H; j++) {
        dwh[k * H + j] += h[(t - 1) * H + k] * g[j];
        sum += g[j] * wh[k * H + j];
      }
      gNext[k] = sum;
    }
    System.arraycopy(gNext, 0, g, 0, H);
  }

  private void subtract(double[] parameter, double[] gradient) {
    for (int i = 0; i < parameter.length; i++) {
      parameter[i] -= rate * gradient[i];
    }
  }
}
