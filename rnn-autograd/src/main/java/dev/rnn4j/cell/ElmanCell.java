package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import java.util.random.RandomGenerator;

/**
 * The simple recurrent network (Elman, "Finding Structure in Time", 1990): h′ = φ(x·W + h·U + b).
 *
 * @param gate W, U and b
 * @param activation φ
 */
public record ElmanCell(Gate gate, Activation activation) implements Cell<ElmanCell.State> {
  /**
   * The hidden state.
   *
   * @param h {@code [N, H]}
   */
  public record State(Node h) {}

  /** Returns a cell with tanh and freshly drawn weights. */
  public static ElmanCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new ElmanCell(Gate.of(inputSize, hiddenSize, random), Activation.TANH);
  }

  /** Returns I. */
  public int inputSize() {
    return gate.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return gate.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    return new State(Node.zeros(batchSize, hiddenSize()));
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node h = activation.of(gate.apply(x, state.h()));
    return new Step<>(h, new State(h));
  }
}
