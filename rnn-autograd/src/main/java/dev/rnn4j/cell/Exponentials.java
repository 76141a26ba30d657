package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;

/** Exponentials whose difference from 1 is small. */
final class Exponentials {
  private Exponentials() {}

  /** Returns eᶻ − 1 = 2t/(1 − t), t = tanh(z/2): near 0 all digits are there. */
  static Node minusOne(Node z) {
    Node t = z.times(0.5).tanh();
    return t.times(2).dividedBy(t.complement());
  }

  /** Returns ln σ(a). */
  static Node logSigmoid(Node a) {
    return a.negate().softplus().negate();
  }
}
