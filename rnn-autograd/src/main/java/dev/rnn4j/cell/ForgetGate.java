package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import java.util.function.UnaryOperator;

/** The two forget gates of xLSTM, as logarithms. */
public enum ForgetGate {
  /** f = σ(a). */
  SIGMOID(Exponentials::logSigmoid),
  /** f = eᵃ. */
  EXPONENTIAL(UnaryOperator.identity());

  private final UnaryOperator<Node> logarithm;

  ForgetGate(UnaryOperator<Node> logarithm) {
    this.logarithm = logarithm;
  }

  /** Returns ln f. */
  Node log(Node a) {
    return logarithm.apply(a);
  }
}
