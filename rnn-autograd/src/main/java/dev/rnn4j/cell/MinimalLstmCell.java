package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.InputGate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * The minimal LSTM (Feng et al., "Were RNNs All We Needed?", 2024): gates that see the input only,
 * and add up to 1.
 *
 * <pre>
 * f = σ(x·W_f + b_f)
 * i = σ(x·Wᵢ + bᵢ)
 * n = x·W_n + b_n
 * h′ = f/(f + i)⊙h + i/(f + i)⊙n
 * </pre>
 *
 * @param forget f, how much of the state stays
 * @param input i, how much of the candidate enters
 * @param candidate n, what may enter
 */
public record MinimalLstmCell(InputGate forget, InputGate input, InputGate candidate)
    implements Cell<Node> {
  /**
   * Creates the cell of three gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public MinimalLstmCell {
    Sized.requireEqual(
        "a MinimalLstmCell", List.of("forget", "input", "candidate"), forget, input, candidate);
  }

  /** Returns a cell with freshly drawn weights. */
  public static MinimalLstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new MinimalLstmCell(
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, hiddenSize, random),
        InputGate.of(inputSize, hiddenSize, random));
  }

  @Override
  public Node initialState(int batchSize) {
    return Node.zeros(batchSize, forget.hiddenSize());
  }

  @Override
  public Step<Node> step(Node x, Node h) {
    Node f = forget.apply(x).sigmoid();
    Node i = input.apply(x).sigmoid();
    Node n = candidate.apply(x);
    Node sum = f.plus(i);
    Node next = f.dividedBy(sum).times(h).plus(i.dividedBy(sum).times(n));
    return new Step<>(next, next);
  }
}
