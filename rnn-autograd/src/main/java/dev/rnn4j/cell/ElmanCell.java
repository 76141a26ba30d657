package dev.rnn4j.cell;

import static com.google.common.base.Preconditions.checkNotNull;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
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

  /**
   * Creates the cell of a gate and an activation.
   *
   * @throws dev.rnn4j.tensor.ShapeException for a gate whose hidden state is of two sizes
   */
  public ElmanCell {
    Sized.requireEqual("an ElmanCell", List.of("gate"), gate);
    checkNotNull(activation, "an ElmanCell was given null as its activation");
  }

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
