package dev.rnn4j.cell;

import dev.rnn4j.graph.Node;
import dev.rnn4j.part.Gate;
import dev.rnn4j.part.Sized;
import java.util.List;
import java.util.random.RandomGenerator;

/**
 * Long short-term memory (Hochreiter and Schmidhuber, 1997), with the forget gate of "Learning to
 * Forget" (Gers, Schmidhuber and Cummins, 2000):
 *
 * <pre>
 * i = σ(x·Wᵢ + h·Uᵢ + bᵢ)
 * f = σ(x·W_f + h·U_f + b_f)
 * g = tanh(x·W_g + h·U_g + b_g)
 * o = σ(x·W_o + h·U_o + b_o)
 * c′ = f⊙c + i⊙g
 * h′ = o⊙tanh(c′)
 * </pre>
 *
 * @param input i, how much of the candidate enters
 * @param forget f, how much of the cell state stays
 * @param candidate g, what may enter
 * @param output o, how much of the cell state shows
 */
public record LstmCell(Gate input, Gate forget, Gate candidate, Gate output)
    implements Cell<LstmCell.State> {
  /**
   * The hidden state and the cell state.
   *
   * @param h {@code [N, H]}
   * @param c {@code [N, H]}
   */
  public record State(Node h, Node c) {}

  /**
   * Creates the cell of four gates.
   *
   * @throws dev.rnn4j.tensor.ShapeException for gates of different sizes
   */
  public LstmCell {
    Sized.requireEqual(
        "an LstmCell",
        List.of("input", "forget", "candidate", "output"),
        input,
        forget,
        candidate,
        output);
  }

  /**
   * Returns a cell with freshly drawn weights, as in {@link Gate#of}, and biases of zeros, but for
   * the forget gate's, which begin with ones: at first, the cell remembers (Jozefowicz, Zaremba and
   * Sutskever, "An Empirical Exploration of Recurrent Network Architectures", 2015).
   */
  public static LstmCell of(int inputSize, int hiddenSize, RandomGenerator random) {
    return new LstmCell(
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random).withBias(1),
        Gate.of(inputSize, hiddenSize, random),
        Gate.of(inputSize, hiddenSize, random));
  }

  /** Returns I. */
  public int inputSize() {
    return input.inputSize();
  }

  /** Returns H. */
  public int hiddenSize() {
    return input.hiddenSize();
  }

  @Override
  public State initialState(int batchSize) {
    Node zeros = Node.zeros(batchSize, hiddenSize());
    return new State(zeros, zeros);
  }

  @Override
  public Step<State> step(Node x, State state) {
    Node i = input.apply(x, state.h()).sigmoid();
    Node f = forget.apply(x, state.h()).sigmoid();
    Node g = candidate.apply(x, state.h()).tanh();
    Node o = output.apply(x, state.h()).sigmoid();
    Node c = f.times(state.c()).plus(i.times(g));
    Node h = o.times(c.tanh());
    return new Step<>(h, new State(h, c));
  }
}
