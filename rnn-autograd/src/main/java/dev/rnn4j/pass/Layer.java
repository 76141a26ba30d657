package dev.rnn4j.pass;

import dev.rnn4j.graph.Node;

/**
 * A function of one signal, usually a record of parameters and other layers; a model is one.
 *
 * <pre>{@code
 * record Forecaster(Recurrent<LstmCell.State> rnn, Dense head) implements Layer {
 *   public Signal apply(Signal x) {
 *     return head.apply(rnn.apply(x)).map(Node::softplus);
 *   }
 * }
 * }</pre>
 */
@FunctionalInterface
public interface Layer {
  /** Returns the layer's output. */
  Signal apply(Signal x);

  /** Returns the layer's output for inference, where all of x counts. */
  default Node apply(Node x) {
    return apply(Signal.of(x)).values();
  }
}
