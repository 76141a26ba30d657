package dev.rnn4j.examples.bench;

import dev.rnn4j.random.NumpyRandom;

/** Layers of document 002 one on top of the other, trained by hand-written loops. */
final class PlainStack {
  private final PlainReadout[] layers;
  private final double[] dy;

  PlainStack(PlainReadout... layers) {
    this.layers = layers;
    this.dy = new double[layers[layers.length - 1].steps()];
  }

  /** Returns one of the two networks of stacked-sequence. */
  static PlainStack ofSequence(NumpyRandom random) {
    return new PlainStack(new PlainReadout(3, 1, 5, random), new PlainReadout(3, 1, 7, random));
  }

  /** Updates all layers on one window; returns half the sum of squares before. */
  double update(double[] inputs, double[] targets, double rate) {
    double[] y = inputs;
    for (PlainReadout layer : layers) {
      y = layer.forward(y);
    }
    double loss = 0;
    for (int t = 0; t < dy.length; t++) {
      dy[t] = y[t] - targets[t];
      loss += 0.5 * dy[t] * dy[t];
    }
    double[] gradient = dy;
    for (int i = layers.length - 1; i >= 0; i--) {
      gradient = layers[i].backward(gradient, rate);
    }
    return loss;
  }
}
