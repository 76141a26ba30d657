package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * JANET, just another network: an LSTM with the forget gate alone (van der Westhuizen and Lasenby,
 * "The unreasonable effectiveness of the forget gate", 2018):
 *
 * <pre>
 * s = x·W_f + h·U_f + b_f
 * g = tanh(x·W_g + h·U_g + b_g)
 * h′ = σ(s)⊙h + (1 − σ(s − β))⊙g
 * </pre>
 *
 * @param forget s
 * @param candidate g
 * @param shift β, 1 in the paper: more enters than is forgotten
 */
public record JanetCell(Gate forget, Gate candidate, double shift) implements Cell<Node> {
  /**
   * Creates the cell of two gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public JanetCell {
    Sized.requireEqual("a JanetCell", List.of("forget", "candidate"), forget, candidate);
  }

  /** Returns a cell with β = 1, freshly drawn weights, and a forget gate that begins open. */
  public static JanetCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new JanetCell(
        Gate.of(inputSize, hiddenSize, random).withBias(1),
        Gate.of(inputSize, hiddenSize, random),
        1);
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, forget.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node s = forget.apply(x, h);
    Node g = candidate.apply(x, h).tanh();
    Node next = s.sigmoid().times(h).plus(s.minus(shift).sigmoid().complement().times(g));
    return new Step<>(next, next);
  }
}
